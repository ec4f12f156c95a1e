"""Records fixtures/operations.json: values and gradients of every operation, by PyTorch. See the README beside."""
import json
import pathlib
import platform

import numpy as np
import torch

from case import CASES
from elementwise import record_elementwise
from products import record_products
from reductions import record_reductions

FIXTURE = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "operations.json"


def main():
    torch.set_num_threads(1)
    record_elementwise()
    record_reductions()
    record_products()
    versions = {"python": platform.python_version(), "torch": torch.__version__.split("+")[0], "numpy": np.__version__}
    lines = ",\n".join(json.dumps(case, ensure_ascii=False, separators=(",", ":"), allow_nan=False) for case in CASES)
    FIXTURE.write_text(f'{{"versions":{json.dumps(versions)},\n"cases":[\n{lines}\n]}}\n', encoding="utf-8")
    print(f"{len(CASES)} cases, {FIXTURE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
