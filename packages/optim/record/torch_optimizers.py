"""Records what torch's optimizers make of given gradients: python record/torch_optimizers.py > fixtures/torch-optimizers.json

Eight steps with clipping by the global norm (or by value) and a falling rate, four times as high for heads. The layer
norm has no gradient before step 3: it is thawed there. "partition" trains heads by SGD with momentum and the encoder by
AdamW, without its embeddings. Everything is float32.
"""

import json
import re

import torch

STEPS = 8
THAWED = {"encoder.layers.0.layerNorm.weight": 3}
SHAPES = {
    "encoder.embeddings.word.weight": (6, 3),
    "encoder.layers.0.layerNorm.weight": (3,),
    "heads.intent.output.weight": (5, 3),
    "heads.intent.output.bias": (5,),
}
RECORDED = [0, 2, 3, STEPS - 1]
OPTIMIZERS = {
    "sgd": (torch.optim.SGD, {}),
    "sgd-momentum": (torch.optim.SGD, {"momentum": 0.9, "weight_decay": 0.1}),
    "sgd-nesterov": (torch.optim.SGD, {"momentum": 0.8, "nesterov": True}),
    "sgd-dampening": (torch.optim.SGD, {"momentum": 0.9, "dampening": 0.3}),
    "adam": (torch.optim.Adam, {}),
    "adam-l2": (torch.optim.Adam, {"weight_decay": 0.1, "betas": (0.8, 0.95), "eps": 1e-6}),
    "adamw": (torch.optim.AdamW, {"weight_decay": 0.01}),
    "adamw-strong-decay": (torch.optim.AdamW, {"weight_decay": 0.3, "betas": (0.8, 0.95)}),
    "adamw-clipped-by-value": (torch.optim.AdamW, {"weight_decay": 0.01}),
}
CLIPPED_BY_VALUE = {"adamw-clipped-by-value": 0.05}
PARTITION = [
    ("heads.", torch.optim.SGD, {"momentum": 0.9}),
    ("encoder.layers.", torch.optim.AdamW, {"weight_decay": 0.01}),
]


def numbers(tensor):
    return [float(f"{value:.9g}") for value in tensor.flatten().tolist()]


def gradient(path, step, generator):
    scale = 0.05 * 10.0 ** (-step % 3)
    return torch.randn(SHAPES[path], generator=generator) * scale if step >= THAWED.get(path, 0) else None


def decays(path):
    return not path.endswith("bias") and "Norm" not in path


def rate(path, step):
    return 0.02 * (1 - step / 10) * (4 if path.startswith("heads.") else 1)


def optimizer_of(kind, settings, parameters):
    decay = settings.get("weight_decay", 0)
    groups = [
        {"path": path, "params": [parameter], "weight_decay": decay if decays(path) else 0}
        for path, parameter in parameters.items()
    ]
    return kind(groups, lr=0.1, foreach=False, **{k: v for k, v in settings.items() if k != "weight_decay"})


def run(make_optimizers, start, gradients, clip_value=None):
    parameters = {path: torch.nn.Parameter(tensor.clone()) for path, tensor in start.items()}
    optimizers = make_optimizers(parameters)
    trained = [group["path"] for optimizer in optimizers for group in optimizer.param_groups]
    norms, recorded = [], {}
    for step in range(STEPS):
        for path in trained:
            given = gradients[step][path]
            parameters[path].grad = None if given is None else given.clone()
        if clip_value is None:
            norms.append(float(torch.nn.utils.clip_grad_norm_(list(parameters.values()), 1.0)))
        else:
            torch.nn.utils.clip_grad_value_(list(parameters.values()), clip_value)
        for optimizer in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate(group["path"], step)
            optimizer.step()
        if step in RECORDED:
            recorded[step] = {path: numbers(parameter.data) for path, parameter in parameters.items()}
    return {"norms": norms, "parameters": recorded}


def single(kind, settings):
    return lambda parameters: [optimizer_of(kind, settings, parameters)]


def partitioned(parameters):
    return [
        optimizer_of(kind, settings, {path: p for path, p in parameters.items() if path.startswith(prefix)})
        for prefix, kind, settings in PARTITION
    ]


def main():
    generator = torch.Generator().manual_seed(3)
    start = {path: torch.randn(shape, generator=generator) for path, shape in SHAPES.items()}
    gradients = [{path: gradient(path, step, generator) for path in SHAPES} for step in range(STEPS)]
    runs = {
        name: {"settings": settings, **run(single(kind, settings), start, gradients, CLIPPED_BY_VALUE.get(name))}
        for name, (kind, settings) in OPTIMIZERS.items()
    }
    runs["partition"] = {"settings": {}, **run(partitioned, start, gradients)}
    listed = [
        {path: numbers(tensor) for path, tensor in step.items() if tensor is not None} for step in gradients
    ]
    head = {"torch": torch.__version__, "shapes": SHAPES}
    start = {path: numbers(tensor) for path, tensor in start.items()}
    text = json.dumps({**head, "start": start, "gradients": listed, "runs": runs}, indent=1)
    # Lists of numbers go on one line.
    print(re.sub(r"\[[^\[\]{}]*\]", lambda found: " ".join(found[0].split()), text))


main()
