"""Scores of all labels by the pipeline of transformers: FOLDERS < texts.json"""

import json
import sys

from transformers import pipeline

texts = json.load(sys.stdin)
answers = []
for folder in sys.argv[1:]:
    classify = pipeline("text-classification", model=folder, device="cpu", top_k=None)
    answers.append(classify(texts))
print("ANSWER" + json.dumps(answers))
