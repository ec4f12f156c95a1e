"""Writes fixtures/code-points.json: what Python's `tokenizers` makes of every code point, as a hash for each 1024.

Planes 3 to 16 hold little: of them only the blocks with characters, and one of each private plane, are recorded.

Usage: python code_points.py [FOLDER of golden tokenizers, default ../../../../shared/golden/models]
Versions: requirements.txt. The text for a code point c is "a" + c + "A " + c, its outcome the words after normalizer
and pre-tokenizer; a block's hash is the first 8 hexadecimal digits of the SHA-256 of all its words, joined by newlines.
"""
import hashlib
import json
import sys
from pathlib import Path

import tokenizers

HERE = Path(__file__).parent
GOLDEN = Path(sys.argv[1] if len(sys.argv) > 1 else HERE / "../../../../shared/golden/models")
BLOCK = 1024
BLOCKS = [*range(0, 0x32400, BLOCK), *range(0xE0000, 0xE1000, BLOCK), 0xF0000, 0x10FC00]
SPLIT = {"type": "WhitespaceSplit"}
BERT = {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": True}
INLINE = {
    "bert": (BERT, {"type": "BertPreTokenizer"}),
    "bert-cased": ({**BERT, "lowercase": False}, {"type": "BertPreTokenizer"}),
    "byte-level": (None, {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}),
    "compatibility": ({"type": "Sequence", "normalizers": [{"type": "NFKD"}, {"type": "StripAccents"}, {"type": "Lowercase"}]}, SPLIT),
    "strip": ({"type": "Strip", "strip_left": True, "strip_right": True}, SPLIT),
    **{form.lower(): ({"type": form}, SPLIT) for form in ("NFC", "NFD", "NFKC", "NFKD")},
}
FROM_FILES = ["albert", "deberta-v2", "xlm-roberta"]
MODEL = {"type": "WordPiece", "unk_token": "u", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100, "vocab": {"u": 0}}


def words_of(normalizer, pre_tokenizer):
    tokenizer = tokenizers.Tokenizer.from_str(json.dumps({
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [], "normalizer": normalizer,
        "pre_tokenizer": pre_tokenizer, "post_processor": None, "decoder": None, "model": MODEL,
    }))

    def words(text):
        normal = tokenizer.normalizer.normalize_str(text) if tokenizer.normalizer else text
        return [word for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(normal)]

    return words


def block_hash(words, start, skipped):
    digest = hashlib.sha256()
    for code_point in range(start, start + BLOCK):
        if 0xD800 <= code_point <= 0xDFFF or code_point in skipped:
            continue
        character = chr(code_point)
        digest.update("".join(word + "\n" for word in words(f"a{character}A {character}")).encode())
    return digest.hexdigest()[:8]


def record(normalizer, pre_tokenizer, divergence):
    skipped = {int(code, 16) for code in divergence}
    words = words_of(normalizer, pre_tokenizer)
    return [block_hash(words, start, skipped) for start in BLOCKS]


def main():
    known = json.loads((HERE / "known_divergence.json").read_text())
    cases = []
    for name, (normalizer, pre_tokenizer) in INLINE.items():
        hashes = " ".join(record(normalizer, pre_tokenizer, known.get(name, [])))
        cases.append({"name": name, "normalizer": normalizer, "pre_tokenizer": pre_tokenizer,
                      "knownDivergence": known.get(name, []), "hashes": hashes})
    for name in FROM_FILES:
        parts = json.loads((GOLDEN / name / "tokenizer.json").read_text())
        hashes = " ".join(record(parts["normalizer"], parts["pre_tokenizer"], known.get(name, [])))
        cases.append({"name": name, "file": f"golden/models/{name}/tokenizer.json",
                      "knownDivergence": known.get(name, []), "hashes": hashes})
    out = {"tokenizers": tokenizers.__version__, "blocks": " ".join(f"{start:x}" for start in BLOCKS), "cases": cases}
    (HERE / "../fixtures/code-points.json").write_text(json.dumps(out, indent=1) + "\n")


main()
