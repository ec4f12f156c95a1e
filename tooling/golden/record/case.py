"""One recorded case: an operation, its inputs, its value, and the gradient of every float input.

Inputs are float32 numbers. They are computed with in float64, which is what is stored, and once more in float32,
to store beside it how far PyTorch's own float32 departs.
"""
import math

import numpy as np
import torch

CASES = []


def _float64(tensors):
    return [t.double() if t.is_floating_point() else t for t in tensors]


def _run(function, inputs, cotangent):
    leaves = [t.clone().requires_grad_(t.is_floating_point()) for t in inputs]
    value = function(*leaves)
    if not value.is_floating_point():
        return value, [None] * len(leaves)
    if value.requires_grad:
        (value * cotangent.to(value.dtype)).sum().backward()
    grads = [torch.zeros_like(t) if t.grad is None else t.grad for t in leaves]
    return value.detach(), [g if t.is_floating_point() else None for g, t in zip(grads, leaves)]


def _number(x):
    x = float(x)
    if math.isnan(x):
        return "NaN"
    if math.isinf(x):
        return "Infinity" if x > 0 else "-Infinity"
    negative_zero = x == 0 and math.copysign(1, x) < 0
    return int(x) if x == int(x) and abs(x) < 1e15 and not negative_zero else x


def tensor(t):
    """float32 with the shortest decimal that rounds to it, float64 with Python's repr."""
    kind = "float32" if t.is_floating_point() else "bool" if t.dtype == torch.bool else "int32"
    flat = t.detach().reshape(-1).numpy()
    data = [_number(str(v)) if flat.dtype == np.float32 else _number(v) for v in flat]
    return {"dtype": kind, "shape": list(t.shape), "data": data}


def _result(wide, narrow):
    """A float64 result and the largest difference of the float32 run, over entries finite in both."""
    if not wide.is_floating_point():
        return tensor(wide)
    difference = (narrow.double() - wide).abs()
    finite = difference[torch.isfinite(difference)]
    largest = float(finite.max()) if finite.numel() else 0.0
    return {**tensor(wide), "float32Difference": float(f"{largest:.1e}")}


def ramp(shape):
    """A cotangent whose entries differ: 0.5, -0.75, 1, -1.25, …"""
    count = math.prod(shape)
    signs = torch.tensor([1.0, -1.0]).repeat(count // 2 + 1)[:count]
    return (signs * (0.5 + 0.25 * (torch.arange(count) % 7))).reshape(shape)


def record(op, name, function, inputs, attributes=None, symbols=None, known_divergence=None):
    """Records `function(*inputs)` under the name of one of our operations.

    `symbols` gives the inputs' declared shapes where an axis of size 1 is to be a symbol. `known_divergence` is a
    pair: why our gradients differ from PyTorch's, and a list of ours, one for each input.
    """
    cotangent = ramp(function(*inputs).shape)
    narrow, narrow_grads = _run(function, inputs, cotangent)
    wide, wide_grads = _run(function, _float64(inputs), cotangent)
    entry = {"op": op, "name": name, "attributes": attributes or {}, "inputs": [tensor(t) for t in inputs]}
    if symbols:
        entry["symbols"] = symbols
    if known_divergence:
        why, gradients = known_divergence
        entry["knownDivergence"] = {"why": why, "gradients": [tensor(g.double()) for g in gradients]}
    entry["cotangent"] = tensor(cotangent)
    entry["value"] = _result(wide, narrow)
    entry["gradients"] = [g if g is None else _result(g, n) for g, n in zip(wide_grads, narrow_grads)]
    CASES.append(entry)
