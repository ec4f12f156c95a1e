"""Embeddings by sentence-transformers, of length 1: BACKEND FOLDERS < texts.json"""

import json
import sys

from sentence_transformers import SentenceTransformer

backend, *folders = sys.argv[1:]
texts = json.load(sys.stdin)
graph = {"model_kwargs": {"file_name": "onnx/model.onnx", "provider": "CPUExecutionProvider"}}
answers = []
for folder in folders:
    model = SentenceTransformer(folder, device="cpu", backend=backend, **(graph if backend == "onnx" else {}))
    embeddings = model.encode(texts, normalize_embeddings=True)
    answers.append({"dims": embeddings.shape, "data": embeddings.ravel().tolist()})
print("ANSWER" + json.dumps(answers))
