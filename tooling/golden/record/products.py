"""Matrix products, rows of tables, and operations that only move elements."""
import torch
import torch.nn.functional as F

from case import record
from inputs import bools, floats, ints, normal


def products():
    for a, b in [((2, 3), (3, 4)), ((1, 3), (3, 1)), ((2, 1), (1, 2)), ((2, 2, 3), (2, 3, 2)), ((2, 2, 3), (3, 2)),
                 ((2, 3), (2, 3, 2)), ((2, 1, 2, 3), (1, 2, 3, 2)), ((1, 1, 2, 3), (2, 3, 2))]:
        for transpose_a, transpose_b, scale in [(False, False, 1), (True, False, 1), (False, True, 0.125), (True, True, -2)]:
            left = normal(*a).mT.contiguous() if transpose_a else normal(*a)
            right = normal(*b).mT.contiguous() if transpose_b else normal(*b)
            def product(x, y, ta=transpose_a, tb=transpose_b, s=scale):
                return torch.matmul(x.mT if ta else x, y.mT if tb else y) * s
            told = f"{a} × {b}{', A transposed' if transpose_a else ''}{', B transposed' if transpose_b else ''}, scale {scale}"
            record("matMul", told, product, [left, right],
                   {"transposeA": transpose_a, "transposeB": transpose_b, "scale": scale})
    plain = {"transposeA": False, "transposeB": False, "scale": 1}
    record("matMul", "B and T of 1", torch.matmul, [normal(1, 1, 3), normal(3, 2)], plain,
           symbols=[["batch", "sequence", 3], [3, 2]])
    record("matMul", "attention of one token", lambda q, k: torch.matmul(q, k.mT) * 0.5, [normal(1, 2, 1, 3), normal(1, 2, 1, 3)],
           {"transposeA": False, "transposeB": True, "scale": 0.5}, symbols=[["batch", 2, "sequence", 3]] * 2)
    for rows in [(3,), (2, 2), (1, 1)]:
        symbols = [["batch", "sequence", 4], [2, 4], [2]] if rows == (1, 1) else None
        record("linear", f"rows {rows}", F.linear, [normal(*rows, 4), normal(2, 4), normal(2)], symbols=symbols)
    record("linear", "one feature in and out", F.linear, [normal(2, 1), normal(1, 1), normal(1)])


def rows():
    take = lambda table, i: table[i.long()]
    record("gather", "repeated indices", take, [normal(3, 2), ints([2, 0, 2, 2])])
    record("gather", "(B, T) indices", take, [normal(4, 2), ints([[3, 3, 1], [0, 3, 0]])])
    record("gather", "B and T of 1", take, [normal(3, 2), ints([[1]])], symbols=[[3, 2], ["batch", "sequence"]])
    record("gather", "a vector", take, [normal(3), ints([1, 1, 0])])
    record("gather", "a table of matrices", take, [normal(2, 2, 2), ints([1, 0, 1])])
    record("gather", "one index", take, [normal(3, 2), ints(2)])
    record("gather", "int32 rows", take, [ints([5, 6, 7]), ints([2, 2])])

    def scatter(indices, updates, size=4):
        flat = updates.reshape(-1, *updates.shape[indices.dim():])
        return torch.zeros(size, *flat.shape[1:], dtype=updates.dtype).index_add(0, indices.reshape(-1), flat)
    record("scatterAdd", "repeated indices", scatter, [ints([2, 0, 2, 2]), normal(4, 2)], {"rows": 4})
    record("scatterAdd", "(B, T) indices", scatter, [ints([[3, 3, 1], [0, 3, 0]]), normal(2, 3, 2)], {"rows": 4})
    record("scatterAdd", "scalars", scatter, [ints([3, 3, 3]), normal(3)], {"rows": 4})
    record("scatterAdd", "B and T of 1", scatter, [ints([[1]]), normal(1, 1, 2)], {"rows": 4},
           symbols=[["batch", "sequence"], ["batch", "sequence", 2]])


def shapes():
    x = normal(2, 3, 2)
    for shape in [[3, 4], [12], [2, 1, 6], [1, 2, 3, 2]]:
        record("reshape", f"to {shape}", lambda x, s=shape: x.reshape(s), [x], {"shape": shape})
    record("reshape", "one element to a scalar", lambda x: x.reshape(()), [normal(1, 1)], {"shape": []})
    for permutation in [[0, 2, 1], [2, 0, 1], [1, 2, 0], [2, 1, 0], [0, 1, 2]]:
        record("transpose", f"{permutation}", lambda x, p=permutation: x.permute(p), [x], {"permutation": permutation})
    record("transpose", "heads of one token", lambda x: x.permute(0, 2, 1, 3), [normal(1, 1, 2, 2)],
           {"permutation": [0, 2, 1, 3]}, symbols=[["batch", "sequence", 2, 2]])
    for source, shape in [((), [2, 3]), ((3,), [2, 3]), ((2, 1), [2, 3]), ((1, 2, 1), [2, 2, 2, 3]), ((1,), [1, 1])]:
        record("broadcastTo", f"{source} to {shape}", lambda x, s=shape: x.broadcast_to(s), [normal(*source)], {"shape": shape})
    join = lambda axis: lambda *parts: torch.cat(parts, axis)
    record("concat", "rows", join(0), [normal(1, 2), normal(2, 2), normal(1, 2)], {"axis": 0})
    record("concat", "last axis", join(1), [normal(2, 1), normal(2, 3)], {"axis": 1})
    record("concat", "one operand", join(0), [normal(2, 2)], {"axis": 0})
    record("concat", "the same operand's kind in int32", join(0), [ints([1, 2]), ints([3])], {"axis": 0})
    for axis, start, end in [(0, 0, 1), (1, 1, 3), (2, 1, 2), (1, 0, 3)]:
        record("slice", f"axis {axis} from {start} to {end}", lambda x, a=axis, s=start, e=end: x.narrow(a, s, e - s), [x],
               {"axis": axis, "start": start, "end": end})
    def zeros(axis, before, after):
        return lambda x: F.pad(x, [0, 0] * (x.dim() - 1 - axis) + [before, after])
    for axis, before, after in [(0, 1, 0), (1, 0, 2), (1, 2, 1)]:
        record("pad", f"axis {axis}, {before} before and {after} after", zeros(axis, before, after), [normal(2, 2)],
               {"axis": axis, "before": before, "after": after})
    record("transpose", "bool", lambda x: x.permute(1, 0), [bools([[True, False]])], {"permutation": [1, 0]})
    record("reshape", "infinities stay", lambda x: x.reshape(2, 1), [floats(float("inf"), float("nan"))], {"shape": [2, 1]})


def record_products():
    products()
    rows()
    shapes()
