"""Operations along axes: sums, extremes, running sums, and what normalises the last axis."""
import torch
import torch.nn.functional as F

from case import record
from inputs import floats, ints, normal

INFINITY = float("inf")
ALL_AXES = [([0], False), ([1], True), ([0, 2], False), ([0, 1, 2], False), ([2], True)]


def reductions():
    functions = {"sum": torch.sum, "mean": torch.mean, "max": torch.amax, "min": torch.amin, "logSumExp": torch.logsumexp}
    for op, function in functions.items():
        for axes, keep in ALL_AXES:
            record(op, f"axes {axes}{', kept' if keep else ''}",
                   lambda x, f=function, a=axes, k=keep: f(x, dim=a, keepdim=k),
                   [normal(2, 3, 2)], {"axes": axes, "keepDimensions": keep})
        last = {"axes": [1], "keepDimensions": False}
        over_last = lambda x, f=function: f(x, dim=[1])
        record(op, "B and T of 1", over_last, [normal(1, 1, 2)], last, symbols=[["batch", "sequence", 2]])
        record(op, "one element an axis", over_last, [normal(3, 1)], last)
        if op in ("max", "min"):
            record(op, "ties share evenly", over_last, [floats(1, 1, 0, 2, 5, 5, 5, 5, -1, 0, -1, -1).reshape(3, 4)], last)
            record(op, "infinities", over_last, [floats(-INFINITY, 1, 2, INFINITY).reshape(2, 2)], last)
    record("sum", "int32", lambda x: x.sum(1), [ints([[1, 2], [3, -4]])], {"axes": [1], "keepDimensions": False})
    record("logSumExp", "large magnitudes and -Infinity", lambda x: torch.logsumexp(x, [1]),
           [floats(1000, 1001, -1000, -1e4, -1e4, -1e4, -INFINITY, 0, 1, 1e30, 0, 1).reshape(4, 3)],
           {"axes": [1], "keepDimensions": False})
    record("logSumExp", "nothing but -Infinity", lambda x: torch.logsumexp(x, [1]),
           [floats(-INFINITY, -INFINITY).reshape(1, 2)], {"axes": [1], "keepDimensions": False})


def positions():
    record("argMax", "the first of equal ones", lambda x: x.argmax(1), [floats(1, 5, 5, 7, 7, 7, 0, -1, 0).reshape(3, 3)],
           {"axis": 1})
    record("argMax", "middle axis", lambda x: x.argmax(1), [normal(2, 3, 2)], {"axis": 1})
    for reverse in (False, True):
        def running(x, axis, reverse=reverse):
            return x.flip(axis).cumsum(axis).flip(axis) if reverse else x.cumsum(axis)
        for axis in (0, 1):
            record("cumsum", f"axis {axis}{', reverse' if reverse else ''}", lambda x, a=axis, f=running: f(x, a),
                   [normal(3, 2)], {"axis": axis, "reverse": reverse})
        record("cumsum", f"T of 1{', reverse' if reverse else ''}", lambda x, f=running: f(x, 1),
               [normal(2, 1)], {"axis": 1, "reverse": reverse}, symbols=[["batch", "sequence"]])


def normalisations():
    extreme = floats(1000, 999, -1000, -1e4, -1e4, -1e4, -INFINITY, 0, 1, 1e30, 0, 1).reshape(4, 3)
    for op, function in {"softmax": F.softmax, "logSoftmax": F.log_softmax}.items():
        apply = lambda x, f=function: f(x, dim=-1)
        record(op, "(B, T, L)", apply, [normal(2, 2, 3)])
        record(op, "one class", apply, [normal(2, 1)])
        record(op, "B and T of 1", apply, [normal(1, 1, 3)], symbols=[["batch", "sequence", 3]])
        record(op, "a vector", apply, [normal(4)])
        record(op, "large magnitudes and -Infinity", apply, [extreme])
    cross_entropy = lambda x, y: F.cross_entropy(x.reshape(-1, x.shape[-1]), y.reshape(-1), ignore_index=-100,
                                                 reduction="none").reshape(y.shape)
    record("softmaxCrossEntropy", "missing labels", cross_entropy, [normal(4, 3), ints([2, -100, 0, 1])])
    record("softmaxCrossEntropy", "no label at all", cross_entropy, [normal(2, 3), ints([-100, -100])])
    record("softmaxCrossEntropy", "(B, T, L)", cross_entropy, [normal(2, 2, 3), ints([[0, 1], [-100, 2]])])
    record("softmaxCrossEntropy", "B of 1", cross_entropy, [normal(1, 3), ints([2])], symbols=[["batch", 3], ["batch"]])
    record("softmaxCrossEntropy", "one class", cross_entropy, [normal(2, 1), ints([0, 0])])
    record("softmaxCrossEntropy", "large magnitudes", cross_entropy,
           [floats(1000, 0, -1000, 1e4, -1e4, 0, 300, 301, 302).reshape(3, 3), ints([0, 1, 2])])


def layer_norm():
    def apply(epsilon):
        return lambda x, gamma, beta: F.layer_norm(x, x.shape[-1:], gamma, beta, epsilon)
    record("layerNorm", "(B, T, D)", apply(1e-5), [normal(2, 2, 4), normal(4), normal(4)], {"epsilon": 1e-5})
    record("layerNorm", "B and T of 1", apply(1e-12), [normal(1, 1, 4), normal(4), normal(4)], {"epsilon": 1e-12},
           symbols=[["batch", "sequence", 4], [4], [4]])
    record("layerNorm", "one feature", apply(1e-5), [normal(3, 1), normal(1), normal(1)], {"epsilon": 1e-5})
    record("layerNorm", "constant rows", apply(1e-5), [floats(2, 2, 2, 0, 0, 0).reshape(2, 3), normal(3), normal(3)],
           {"epsilon": 1e-5})
    record("layerNorm", "a large mean", apply(1e-5), [normal(2, 4).round(decimals=1) + 64, normal(4), normal(4)],
           {"epsilon": 1e-5})


def record_reductions():
    reductions()
    positions()
    normalisations()
    layer_norm()
