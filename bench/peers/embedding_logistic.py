"""Logistic regression on given embeddings, one model a task: files of float32 rows in the order of the data set."""
import argparse
import time

import common

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--data", required=True)
parser.add_argument("--dataset", default="clinc150", help="clinc150, movie-sentiment, snips-intent, ...")
parser.add_argument("--train", required=True, help="file of the embeddings of the training texts")
parser.add_argument("--test", required=True)
parser.add_argument("--columns", type=int, required=True)
parser.add_argument("--c", type=float, default=10.0, help="inverse strength of the regularization")
args = parser.parse_args()

import numpy as np
from sklearn.linear_model import LogisticRegression

train, test = (np.fromfile(file, np.float32).reshape(-1, args.columns) for file in (args.train, args.test))
_, targets, sizes = common.columns(args.data, args.dataset, "train")
_, expected, _ = common.columns(args.data, args.dataset, "test")
fit_s, accuracy, iterations = {}, {}, {}
for task in sizes:
    began = time.perf_counter()
    classifier = LogisticRegression(C=args.c, max_iter=300).fit(train, targets[task])
    fit_s[task] = round(time.perf_counter() - began, 2)
    accuracy[task] = round(float(classifier.score(test, expected[task])), 4)
    iterations[task] = int(classifier.n_iter_[0])
common.report("embedding-logistic", dataset=args.dataset, fit_s=fit_s, iterations=iterations, test_accuracy=accuracy)
