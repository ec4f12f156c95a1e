"""Records what scikit-learn makes of small data: python record/sklearn_baselines.py > fixtures/sklearn.json

Needs scikit-learn (1.9.1 was used). Solvers run until nothing moves, so that what is recorded is the optimum itself.
"""

import json
import random
import re

import numpy as np
import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.multiclass import OneVsRestClassifier
from sklearn.svm import LinearSVC

ODD_TEXTS = [
    "The cat sat on the cat's mat; the END.",
    "",
    "a I é",
    "Crème brûlée, naïve café — CRÈME!",
    "don't stop_me now 42 4_2 1st x²",
    "日本語の テキスト と emoji 🙂🙂 here",
    "ΑΣ ΣΑΣ straße STRASSE İstanbul",
    "  tabs\tand\nline breaks\u00a0and\u2003wide   spaces ",
    "नमस्ते दुनिया",
    "the the the cat",
]
NEW_TEXTS = ["the cat is new", "nothing known", "CRÈME the 🙂🙂"]
VECTORIZERS = {
    "words": dict(ngram_range=(1, 2), sublinear_tf=True),
    "words-plain": dict(ngram_range=(1, 1), sublinear_tf=False, min_df=2),
    "characters": dict(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2),
}
WORDS = {
    "billing": "invoice charge refund card payment price".split(),
    "travel": "flight hotel ticket airport luggage price".split(),
    "weather": "rain sun wind storm forecast ticket".split(),
}
FILLER = "the my is a please what when now today about".split()


def sentences(count, generator):
    labels = [generator.choice(sorted(WORDS)) for _ in range(count)]
    words = [generator.choices(WORDS[label], k=2) + generator.choices(FILLER, k=4) for label in labels]
    return [" ".join(generator.sample(row, len(row))) for row in words], [sorted(WORDS).index(label) for label in labels]


def by_term(vectorizer, texts):
    names = vectorizer.get_feature_names_out()
    rows = vectorizer.transform(texts)
    return [{str(names[i]): float(value) for i, value in zip(row.indices, row.data)} for row in rows]


def tfidf():
    fitted = {name: TfidfVectorizer(**settings).fit(ODD_TEXTS) for name, settings in VECTORIZERS.items()}
    rows = {name: {"train": by_term(v, ODD_TEXTS), "new": by_term(v, NEW_TEXTS)} for name, v in fitted.items()}
    return {"texts": ODD_TEXTS, "new": NEW_TEXTS, "rows": rows}


def text_models(generator):
    texts, labels = sentences(60, generator)
    new, _ = sentences(12, generator)
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    features, others = vectorizer.fit_transform(texts), vectorizer.transform(new)
    numbers = [label * 10 + len(text) / 7 for label, text in zip(labels, texts)]
    svm = {}
    for cost in (0.1, 1.0, 10.0):
        model = LinearSVC(C=cost, dual=True, tol=1e-9, max_iter=1_000_000).fit(features, labels)
        svm[str(cost)] = model.decision_function(others).tolist()
    ridge = {str(a): Ridge(alpha=a, tol=1e-12).fit(features, numbers).predict(others).tolist() for a in (0.5, 2.0)}
    return {"texts": texts, "labels": labels, "numbers": numbers, "new": new, "svm": svm, "ridge": ridge}


def dense_models(generator):
    draw = np.random.default_rng(generator.randrange(1000))
    labels = draw.integers(0, 3, 70)
    centres = draw.standard_normal((3, 6))
    features = np.round(centres[labels] + 1.5 * draw.standard_normal((70, 6)), 3).astype(np.float32)
    new = np.round(1.5 * draw.standard_normal((10, 6)), 3).astype(np.float32)
    tags = (features[:, :4] + draw.standard_normal((70, 4)) > 0.3).astype(int)
    numbers = np.round(1000 + features @ draw.standard_normal((6, 2)) * 5 + draw.standard_normal((70, 2)), 3)
    wide, others = features.astype(float), new.astype(float)
    logistic, multi_label, ridge = {}, {}, {}
    for cost in (0.1, 1.0, 10.0):
        model = LogisticRegression(C=cost, tol=1e-10, max_iter=100_000)
        logistic[str(cost)] = model.fit(wide, labels).predict_proba(others).tolist()
        multi_label[str(cost)] = OneVsRestClassifier(model).fit(wide, tags).predict_proba(others).tolist()
    for alpha in (1.0, 5.0):
        ridge[str(alpha)] = Ridge(alpha=alpha).fit(wide, numbers).predict(others).tolist()
    rows = lambda matrix: [[float(f"{value:.9g}") for value in row] for row in matrix.tolist()]
    given = {"features": rows(features), "new": rows(new), "labels": labels.tolist(), "tags": tags.tolist()}
    given["numbers"] = numbers.tolist()
    return {**given, "logistic": logistic, "multi_label": multi_label, "ridge": ridge}


def main():
    generator = random.Random(5)
    parts = {"tfidf": tfidf(), "text": text_models(generator), "dense": dense_models(generator)}
    text = json.dumps({"sklearn": sklearn.__version__, **parts}, indent=1, ensure_ascii=False)
    # Lists of numbers go on one line.
    print(re.sub(r"\[[^\[\]{}\"]*\]", lambda found: " ".join(found[0].split()), text))


main()
