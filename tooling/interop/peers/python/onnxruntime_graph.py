"""A graph in onnxruntime, with its labels: FOLDER FILE < texts.json"""

import json
import sys

import numpy
import onnxruntime
from tokenizers import Tokenizer

folder, file = sys.argv[1:]
session = onnxruntime.InferenceSession(f"{folder}/onnx/{file}", providers=["CPUExecutionProvider"])
metadata = session.get_modelmeta().custom_metadata_map
tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
tokenizer.enable_truncation(json.loads(metadata["sentence_mtl.maximumLength"]))
tokenizer.enable_padding(pad_id=tokenizer.token_to_id("[PAD]"), pad_token="[PAD]")
batch = tokenizer.encode_batch(json.load(sys.stdin))
feeds = {
    "input_ids": numpy.array([text.ids for text in batch], dtype=numpy.int64),
    "attention_mask": numpy.array([text.attention_mask for text in batch], dtype=numpy.int64),
    "token_type_ids": numpy.array([text.type_ids for text in batch], dtype=numpy.int64),
}
names = [output.name for output in session.get_outputs()]
tensors = dict(zip(names, session.run(names, feeds)))
outputs = {name: {"dims": value.shape, "data": value.ravel().tolist()} for name, value in tensors.items()}
tasks = json.loads(metadata["sentence_mtl.tasks"])
labels = {
    task["name"]: [task["labels"][column] for column in tensors[task["output"]].argmax(axis=1)]
    for task in tasks
    if "labels" in task
}
print("ANSWER" + json.dumps({"outputs": outputs, "labels": labels}))
