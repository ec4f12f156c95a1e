// The script of a model for Python: what heads do, written once more in numpy. It reads the folder's own files, so that
// it is the same for every model; only what heads can be is known here.

/** The name of the script in a model's folder. */
export const PYTHON_SCRIPT = 'sentence_mtl_model.py';

/** A module and a program: `Model(folder).predict(texts)`, or the texts on the command line. */
export const PYTHON_SCRIPT_TEXT: string = String.raw`"""Runs this model in Python: sentence-transformers for the encoder, numpy for the tasks.

    pip install sentence-transformers safetensors

    from sentence_mtl_model import Model
    model = Model()                                     # the folder that this file stands in, or Model(folder)
    for row in model.predict(["where is my parcel"]):
        print(row["intent"]["label"], row["intent"]["confidence"], row["embedding"].shape)

    print(model.predict_pairs([("a parcel", "the package")]))

On a command line: python sentence_mtl_model.py "where is my parcel" "my order has not arrived"
prints the first numbers of each embedding, what is predicted, and the best scores.
"""

import json
import math
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from sentence_transformers import SentenceTransformer

ACTIVATIONS = {
    "tanh": np.tanh,
    "relu": lambda x: np.maximum(x, 0),
    "gelu": lambda x: x * 0.5 * (1 + np.vectorize(math.erf, otypes=[np.float32])(x * np.float32(math.sqrt(0.5)))),
}

POOLINGS = {
    "cls": lambda tokens: tokens[0],
    "max": lambda tokens: tokens.max(0),
    "mean": lambda tokens: tokens.mean(0),
    "mean_sqrt_len_tokens": lambda tokens: tokens.sum(0) / np.sqrt(len(tokens)),
    "weightedmean": lambda tokens: np.average(tokens, axis=0, weights=np.arange(1, len(tokens) + 1)),
    "lasttoken": lambda tokens: tokens[-1],
}


def softmax(x):
    shares = np.exp(x - x.max(-1, keepdims=True))
    return shares / shares.sum(-1, keepdims=True)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def unit(x):
    return x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-12)


def first(items, most):
    items = list(items)
    return ", ".join(items[:most]) + (f" and {len(items) - most} more" if len(items) > most else "")


def summary(value):
    """An embedding, or what a task says of a text, in one line: of many numbers or labels the first or the best."""
    if isinstance(value, np.ndarray) or "values" in value:
        numbers = value if isinstance(value, np.ndarray) else value["values"]
        return first([f"{number:.6g}" for number in numbers], 5)
    if "value" in value:
        return f"{value['value']:.6g}"
    predicted = [value["label"]] if "label" in value else value["labels"]
    best = sorted(value["scores"].items(), key=lambda scored: -scored[1])
    return (first(predicted, 5) or "none") + " (" + first([f"{label} {score:.3f}" for label, score in best], 3) + ")"


def as_list(texts):
    if isinstance(texts, str):
        raise TypeError("texts is one text; a list of texts is needed: [text]")
    return list(texts)


class Model:
    """The encoder of a folder with the heads of its tasks."""

    def __init__(self, folder=None):
        folder = Path(folder or Path(__file__).resolve().parent)
        self.encoder = SentenceTransformer(str(folder))
        modules = [module for module in self.encoder if type(module).__name__ != "Normalize"]
        self.normalizes = len(modules) < len(self.encoder)
        # Heads may read embeddings of any length, and those of tokens.
        self.bare = SentenceTransformer(modules=modules, device=str(self.encoder.device))
        manifest = folder / "sentence_mtl.json"
        names = json.loads(manifest.read_text("utf-8"))["tasks"] if manifest.exists() else []
        self.tasks = {name: json.loads((folder / "heads" / name / "config.json").read_text("utf-8")) for name in names}
        files = {name: folder / "heads" / name / "model.safetensors" for name in names}
        self.weights = {name: load_file(str(path)) for name, path in files.items() if path.exists()}
        prompt = self.encoder.prompts.get(self.encoder.default_prompt_name) if self.encoder.default_prompt_name else ""
        self.prompt = prompt or ""

    def _texts(self, texts):
        """What heads read of texts."""
        options = {"prompt": self.prompt, "convert_to_numpy": True, "show_progress_bar": False}
        embedding = self.bare.encode(texts, **options)
        pooled = any(isinstance(task.get("head", {}).get("input"), dict) for task in self.tasks.values())
        tokens = []
        if pooled:
            given = self.bare.encode(texts, **{**options, "convert_to_numpy": False}, output_value="token_embeddings")
            tokens = [each.detach().cpu().numpy() for each in given]
        return {"embedding": embedding, "normalized": unit(embedding), "tokens": tokens}

    def _features(self, source, texts):
        if isinstance(source, str):
            return texts[source]
        return np.stack([np.concatenate([POOLINGS[mode](each) for mode in source["pooling"]]) for each in texts["tokens"]])

    def _head(self, name, x):
        head, weights = self.tasks[name]["head"], self.weights[name]
        if head["logitScale"] is not None:
            x = x * np.exp(weights["logitScale"])
        for index in range(len(head["hiddenSizes"])):
            x = x @ weights[f"hidden.{index}.weight"].T + weights[f"hidden.{index}.bias"]
            x = ACTIVATIONS[head["activation"]](x)
        return x @ weights["output.weight"].T + weights["output.bias"]

    def _rows(self, name, outputs):
        """A prediction for each row of what a head gives."""
        task = self.tasks[name]
        kind = task["kind"]
        if kind in ("classification", "pair-classification"):
            return [
                {"label": task["labels"][row.argmax()], "confidence": float(row.max()), "scores": dict(zip(task["labels"], row.tolist()))}
                for row in softmax(outputs)
            ]
        if kind == "multi-label":
            limits = [task["thresholds"].get(label, task["threshold"]) for label in task["labels"]]
            return [
                {
                    "labels": [label for label, score, limit in zip(task["labels"], row, limits) if score >= limit],
                    "scores": dict(zip(task["labels"], row.tolist())),
                }
                for row in sigmoid(outputs)
            ]
        if task.get("standardize") and task.get("scale"):
            outputs = outputs * np.array(task["scale"]["deviations"]) + np.array(task["scale"]["means"])
        return [{"value": float(row[0])} if task["size"] == 1 else {"values": row.tolist()} for row in outputs]

    def predict(self, texts):
        """For each text a dictionary with its sentence embedding and what each task says of it."""
        texts = as_list(texts)
        if not texts:
            return []
        read = self._texts(texts)
        embeddings = read["normalized"] if self.normalizes else read["embedding"]
        predictions = {
            name: self._rows(name, self._head(name, self._features(task["head"]["input"], read)))
            for name, task in self.tasks.items()
            if task["kind"] in ("classification", "multi-label", "regression")
        }
        return [{"embedding": embeddings[i], **{name: rows[i] for name, rows in predictions.items()}} for i in range(len(texts))]

    def predict_pairs(self, pairs):
        """The same for tasks that compare two texts."""
        pairs = as_list(pairs)
        if not pairs:
            return []
        one, other = (self._texts([pair[i] for pair in pairs]) for i in (0, 1))
        predictions = {}
        for name, task in self.tasks.items():
            if task["kind"] == "pair-similarity":
                least, most = task["range"]
                cosines = (one["normalized"] * other["normalized"]).sum(-1)
                predictions[name] = [{"score": float(least + cosine * (most - least))} for cosine in cosines]
            elif task["kind"] == "pair-classification":
                u, v = (self._features(task["head"]["input"], read) for read in (one, other))
                embeddings = [u, v] if task["reads"]["embeddings"] else []
                product = [u * v] if task["reads"]["product"] else []
                predictions[name] = self._rows(name, self._head(name, np.concatenate([*embeddings, abs(u - v), *product], 1)))
        return [{name: rows[i] for name, rows in predictions.items()} for i in range(len(pairs))]


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit("usage: python sentence_mtl_model.py TEXT [TEXT ...]")
    for text, row in zip(sys.argv[1:], Model().predict(sys.argv[1:])):
        print(text)
        for name, value in row.items():
            print(f"  {name}: {summary(value)}")
`;
