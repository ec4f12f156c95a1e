"""Writes src/unicode-tables.ts: the character classes of Python's `tokenizers`, probed code point by code point.

Usage: python unicode_tables.py > ../src/unicode-tables.ts   (versions: requirements.txt)
"""
from tokenizers import normalizers, pre_tokenizers

CODE_POINTS = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def base36(number):
    text = ""
    while True:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
        if number == 0:
            return text


def ranges(test):
    """Runs of code points that pass, as alternating gap and length in base 36: "9 2 3 1" is 9-10 and 14."""
    runs = []
    for code_point in CODE_POINTS:
        if not test(chr(code_point)):
            continue
        if runs and runs[-1][1] == code_point:
            runs[-1][1] += 1
        else:
            runs.append([code_point, code_point + 1])
    words, end = [], 0
    for start, stop in runs:
        words += [base36(start - end), base36(stop - start)]
        end = stop
    return " ".join(words)


def bert(**on):
    off = dict(clean_text=False, handle_chinese_chars=False, strip_accents=False, lowercase=False)
    return normalizers.BertNormalizer(**{**off, **on}).normalize_str


def pieces(pre_tokenizer, text):
    return len(pre_tokenizer.pre_tokenize_str(text))


clean, accents, marks = bert(clean_text=True), bert(strip_accents=True), normalizers.StripAccents().normalize_str
chinese = bert(handle_chinese_chars=True)
words = pre_tokenizers.BertPreTokenizer()
byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False)
TABLES = {
    "removedCharacters": ("`BertNormalizer` drops these where `clean_text` is on.", lambda c: clean(c) == ""),
    "chineseCharacters": ("`BertNormalizer` puts spaces around these.", lambda c: chinese(c) != c),
    "accents": ("`BertNormalizer` drops these, after decomposition, where accents are stripped.", lambda c: accents(c) == ""),
    "combiningMarks": ("`StripAccents` drops these.", lambda c: marks(c) == ""),
    "punctuation": ("`BertPreTokenizer` makes each of these a word.", lambda c: pieces(words, "a" + c + "a") == 3),
    "letters": ("`\\\\p{L}` of the byte-level expression.", lambda c: pieces(byte_level, "a" + c) == 1),
    "numbers": ("`\\\\p{N}` of the byte-level expression.", lambda c: pieces(byte_level, "1" + c) == 1),
}

print("// Written by record/unicode_tables.py: the character classes of Python's `tokenizers`. Its Unicode tables are older")
print("// than those of Node, and those of Node change with its version: exact ids need these.")
print("// Each is a list of ranges: gap and length in turn, in base 36.")
for name, (comment, test) in TABLES.items():
    print(f"\n/** {comment} */\nexport const {name} =\n  '{ranges(test)}';")
