"""Operations of one, two or three operands, element by element."""
import torch
import torch.nn.functional as F

from case import record
from inputs import bools, floats, ints, normal, positive

INFINITY = float("inf")
NAN = float("nan")


def unary():
    signed = floats(-2.5, -1, -0.25, -0.0, 0, 0.125, 1, 3.5)
    large = floats(-1e30, -1e4, -100, -40, -1, 1, 40, 100, 1e4, 1e30)
    infinite = floats(-INFINITY, INFINITY)
    ends = {"neg": large, "abs": large, "erf": large, "tanh": large, "sigmoid": large, "relu": large}
    functions = {"neg": torch.neg, "abs": torch.abs, "exp": torch.exp, "erf": torch.erf, "tanh": torch.tanh,
                 "sigmoid": torch.sigmoid, "relu": torch.relu}
    for op, function in functions.items():
        record(op, "signs and zeros", function, [signed])
        record(op, "one element", function, [normal(1, 1)], symbols=[["batch", "sequence"]])
        if op in ends:
            record(op, "large magnitudes", function, [ends[op]])
            record(op, "infinities", function, [infinite])
    record("neg", "int32", torch.neg, [ints([-3, 0, 7])])
    record("abs", "int32", torch.abs, [ints([-3, 0, 7])])
    record("exp", "both ends", torch.exp, [floats(-INFINITY, -87, -30, 30, 80)])
    record("log", "magnitudes", torch.log, [floats(1e-30, 0.001, 0.5, 1, 3, 1e30, INFINITY)])
    record("log", "zero: the gradient is infinite", torch.log, [floats(0, 2)])
    record("log", "negative: NaN", torch.log, [floats(-1)])
    record("sqrt", "magnitudes", torch.sqrt, [floats(1e-30, 0.001, 0.25, 1, 2, 1e30)])
    record("sqrt", "zero: the gradient is infinite", torch.sqrt, [floats(0, 4)])
    # F.softplus returns x itself above a threshold of 20, which is 2e-9 off; log(e^x + e^0) is the definition.
    softplus = lambda x: torch.logaddexp(x, torch.zeros_like(x))
    record("softplus", "signs and zeros", softplus, [signed])
    record("softplus", "large magnitudes", softplus, [large])
    record("softplus", "one element", softplus, [normal(1, 1)], symbols=[["batch", "sequence"]])


def parametric():
    spread = floats(-100, -6, -3, -1, -0.5, -0.0, 0, 0.25, 1, 2, 5, 100)
    for approximate in ("none", "tanh"):
        gelu = lambda x, approximate=approximate: F.gelu(x, approximate=approximate)
        record("gelu", f"approximate {approximate}", gelu, [spread], {"approximate": approximate})
        record("gelu", f"approximate {approximate}, (B, T, D)", gelu, [normal(2, 1, 3)], {"approximate": approximate},
               symbols=[["batch", "sequence", 3]])
    clamp = lambda x: torch.clamp(x, -0.5, 1.5)
    limits = {"minimum": -0.5, "maximum": 1.5}
    record("clip", "inside and outside", clamp, [floats(-1e30, -1, -0.25, 0, 1, 2, INFINITY)], limits)
    record("clip", "one limit", lambda x: torch.clamp(x, min=0), [floats(-1, 0.5, 1e30)],
           {"minimum": 0, "maximum": "Infinity"})
    record("clip", "at the limits", clamp, [floats(-0.5, 0, 1.5)], limits, known_divergence=(
        "PyTorch 2.15 gives 0 at the limits; ours passes, as TensorFlow's clip_by_value does, so "
        "that a value set to its limit can leave it", [floats(0.5, -0.75, 1)]))
    for exponent in (0, 0.5, 1, 1.5, 2, 3, -1, -2):
        x = floats(0.125, 0.5, 1, 2, 30) if exponent % 1 else floats(-3, -0.5, 0.125, 1, 30)
        record("pow", f"exponent {exponent}", lambda x, e=exponent: torch.pow(x, e), [x], {"exponent": exponent})
    for exponent in (0, 1, 1.5, 2):
        record("pow", f"exponent {exponent} at 0", lambda x, e=exponent: torch.pow(x, e), [floats(0)],
               {"exponent": exponent})
    record("cast", "float32 to int32 drops the fraction", lambda x: x.to(torch.int32),
           [floats(-2.75, -0.5, 0, 0.99, 2, 1e6)], {"dtype": "int32"})
    record("cast", "float32 to bool", lambda x: x.to(torch.bool), [floats(-2, -0.0, 0, 1e-30)], {"dtype": "bool"})
    record("cast", "int32 to bool", lambda x: x.to(torch.bool), [ints([-2, 0, 5])], {"dtype": "bool"})
    record("cast", "bool to int32", lambda x: x.to(torch.int32), [bools([True, False])], {"dtype": "int32"})
    record("stopGradient", "float32", lambda x: x.detach(), [normal(2, 3)])


def arithmetic():
    functions = {"add": torch.add, "sub": torch.sub, "mul": torch.mul, "div": torch.div,
                 "maximum": torch.maximum, "minimum": torch.minimum}
    for op, function in functions.items():
        other = positive if op == "div" else normal
        record(op, "same shape", function, [normal(2, 3), other(2, 3)])
        record(op, "row against matrix", function, [normal(3), other(2, 3)])
        record(op, "column against matrix", function, [normal(2, 3), other(2, 1)])
        record(op, "both stretch", function, [normal(2, 1, 3), other(4, 1)])
        record(op, "scalar", function, [normal(), other(2, 2)])
        record(op, "B and T of 1", function, [normal(1, 1, 3), other(1, 1, 1)],
               symbols=[["batch", "sequence", 3], ["batch", "sequence", 1]])
        if op in ("add", "sub", "mul"):
            record(op, "int32", function, [ints([[-3, 0, 7]]), ints([[2], [-5]])])
    record("div", "signs and zeros", torch.div, [floats(1, -1, 0, 2, 1e30), floats(0, 0, 2, -4, 1e-5)])
    for op in ("maximum", "minimum"):
        record(op, "ties share evenly", functions[op], [floats(1, 2, 0, -1), floats(1, 3, -0.0, -1)])
        record(op, "ties with a broadcast operand", functions[op], [normal(2, 3).round(), floats(0, 1, -1)])
        record(op, "infinities", functions[op], [floats(INFINITY, -INFINITY, 1), floats(0, 0, INFINITY)])


def comparisons():
    for op, function in {"equal": torch.eq, "less": torch.lt, "lessEqual": torch.le}.items():
        record(op, "float32 with ties and NaN", function, [floats(1, 2, 3, -0.0, NAN), floats(1, 3, 2, 0, NAN)])
        record(op, "int32, both stretch", function, [ints([[1], [2]]), ints([1, 2, -100])])
    for op, function in {"logicalAnd": torch.logical_and, "logicalOr": torch.logical_or}.items():
        record(op, "both stretch", function, [bools([[True], [False]]), bools([True, False])])
    record("logicalNot", "values", torch.logical_not, [bools([True, False])])
    mask = bools([[True, False, True], [False, False, True]])
    record("where", "same shape", torch.where, [mask, normal(2, 3), normal(2, 3)])
    record("where", "mask stretches", torch.where, [bools([[True], [False]]), normal(2, 3), normal(2, 3)])
    record("where", "operands stretch", torch.where, [mask, normal(3), normal(2, 1)])
    record("where", "scalars", torch.where, [mask, normal(), normal()])
    record("where", "what is not chosen may be NaN or infinite", torch.where,
           [bools([True, False]), floats(1, NAN), floats(INFINITY, 2)])
    record("where", "int32", torch.where, [bools([True, False]), ints([3, 4]), ints([5])])


def record_elementwise():
    unary()
    parametric()
    arithmetic()
    comparisons()
