"""Milliseconds a training step in PyTorch, of the dense networks in the results file that is named: one thread, eager."""

import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

ROUNDS, TURN_S = 10, 0.05
KINDS = ["head", "ranker", "judge"]


def prepare(network):
    sizes, batch, kind = network["sizes"], network["batch"], network["kind"]
    layers = [layer for a, b in zip(sizes, sizes[1:]) for layer in (nn.Linear(a, b), nn.ReLU())][:-1]
    model = nn.Sequential(*layers)
    adam = torch.optim.Adam(model.parameters(), lr=network["rate"])
    rows = 2 * batch if kind == "ranker" else batch
    x = torch.randn(rows, sizes[0]) if kind != "judge" else (torch.rand(rows, sizes[0]) < 0.008).float()
    y = torch.rand(batch, 1) if kind != "judge" else torch.randint(sizes[-1], (batch,))

    def step():
        adam.zero_grad()
        out = model(x)
        if kind == "judge":
            loss = F.cross_entropy(out, y)
        else:
            logits = out if kind == "head" else out[batch:] - out[:batch]
            loss = F.binary_cross_entropy_with_logits(logits, y)
        loss.backward()
        adam.step()

    return step


def timed(step, steps):
    began = time.perf_counter()
    for _ in range(steps):
        step()
    return (time.perf_counter() - began) / steps


torch.set_num_threads(1)
rows = []
for network in json.load(open(sys.argv[1]))["training"]:
    if network["kind"] not in KINDS:
        continue
    step = prepare(network)
    timed(step, 10)
    steps = max(2, int(TURN_S / timed(step, 10)))
    times = sorted(1000 * timed(step, steps) for _ in range(ROUNDS))
    spread = {"median": times[len(times) // 2], "lo": times[0], "hi": times[-1]}
    rows.append({"network": network["network"], "ms": spread})
print(json.dumps({"training": rows}))
