"""Records tiny sequence classifiers of every architecture that is read and written, and their logits.

    python sequence_classifiers.py

Needs transformers (recorded with 5.23.0) beside torch.
"""
import json
import pathlib

import torch
import transformers

FOLDER = pathlib.Path(__file__).resolve().parents[3] / "packages" / "model" / "fixtures" / "sequence-classifiers"
SIZES = {"vocab_size": 40, "hidden_size": 8, "num_attention_heads": 2, "num_hidden_layers": 1, "intermediate_size": 16,
         "max_position_embeddings": 20}
DISTILBERT = {"vocab_size": 40, "dim": 8, "n_heads": 2, "n_layers": 1, "hidden_dim": 16, "max_position_embeddings": 20}
LABELS = {"id2label": {0: "negative", 1: "neutral", 2: "positive"}, "label2id": {"negative": 0, "neutral": 1, "positive": 2}}
MODELS = {
    "bert": ("Bert", {**SIZES, **LABELS, "problem_type": "multi_label_classification", "classifier_dropout": 0.3}),
    "distilbert": ("DistilBert", {**DISTILBERT, **LABELS, "problem_type": "single_label_classification"}),
    "roberta": ("Roberta", {**SIZES, **LABELS, "pad_token_id": 1}),
    "xlm-roberta": ("XLMRoberta", {**SIZES, "num_labels": 2, "problem_type": "regression", "pad_token_id": 1}),
    "mpnet": ("MPNet", {**SIZES, **LABELS, "pad_token_id": 1, "hidden_dropout_prob": 0.2}),
    "electra": ("Electra", {**SIZES, "embedding_size": 4, "num_labels": 1}),
    "albert": ("Albert", {**SIZES, **LABELS, "embedding_size": 4, "classifier_dropout_prob": 0.25}),
}
# The first token is not padding, the last row is the longest.
IDS = [[5, 17, 9, 0, 0, 0], [12, 3, 8, 30, 2, 0], [7, 39, 21, 4, 11, 6]]


def main():
    logits = {}
    for index, (name, (family, settings)) in enumerate(MODELS.items()):
        torch.manual_seed(index)
        config = getattr(transformers, f"{family}Config")(**settings)
        model = getattr(transformers, f"{family}ForSequenceClassification")(config).eval()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.normal_(0, 0.4)
        padding = config.pad_token_id
        ids = torch.tensor([[padding if i == 0 else i for i in row] for row in IDS])
        mask = (ids != padding).long()
        with torch.no_grad():
            values = model(input_ids=ids, attention_mask=mask).logits
        model.save_pretrained(FOLDER / name)
        logits[name] = {"ids": ids.tolist(), "mask": mask.tolist(), "logits": values.tolist()}
    text = json.dumps({"transformers": transformers.__version__, "models": logits}, separators=(",", ":"))
    (FOLDER / "logits.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
