"""Small inputs of few digits, the same in every run."""
import numpy as np
import torch

_generator = np.random.Generator(np.random.PCG64(20261124))


def normal(*shape, scale=1.0):
    """Normal draws of three decimals, none of them 0."""
    draws = np.round(_generator.standard_normal(shape) * scale, 3)
    return torch.tensor(np.where(draws == 0, 0.001, draws), dtype=torch.float32)


def positive(*shape):
    return normal(*shape).abs() + 0.125


def floats(*values):
    return torch.tensor(values, dtype=torch.float32)


def ints(values):
    return torch.tensor(values, dtype=torch.int64)


def bools(values):
    return torch.tensor(values, dtype=torch.bool)
