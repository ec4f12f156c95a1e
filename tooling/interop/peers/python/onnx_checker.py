"""Holds files to the standard, with the shapes of all values: FILES"""

import json
import sys

import onnx

problems = {}
for path in sys.argv[1:]:
    try:
        onnx.checker.check_model(path, full_check=True)
        onnx.shape_inference.infer_shapes(onnx.load(path), check_type=True, strict_mode=True, data_prop=True)
    except Exception as error:
        problems[path] = str(error)
print("ANSWER" + json.dumps(problems))
