"""Times a training step and an evaluation of perceptrons with SiLU in PyTorch: one line a case.

Usage: engine.py THREADS [CASE ...]. With one thread the time is that of the processor, which other
work on the machine disturbs least; with more it is that of the clock.
"""

import sys
import time

import torch

CASES = {
    "small": (1, 8, [64, 64], 8, 128),
    "mid": (1, 64, [256] * 3, 64, 512),
    "big": (1, 256, [512] * 3, 256, 1024),
    "loc64": (64, 11, [64, 64], 1, 256),
    "loc256": (256, 11, [64, 64], 1, 256),
}
ROUNDS = 7
SECONDS = 0.4


def network(groups, inputs, hidden, outputs):
    """Parameters: W and c a layer; batched over groups where there are several."""
    parameters = []
    widths = [inputs, *hidden, outputs]
    for before, after in zip(widths, widths[1:]):
        w = torch.randn(groups, before, after) / before**0.5
        c = torch.zeros(groups, 1, after)
        if groups == 1:
            w, c = w[0], c[0]
        parameters += [w.requires_grad_(), c.requires_grad_()]
    return parameters


def forward(parameters, x):
    grouped = x.dim() == 3
    for i in range(0, len(parameters), 2):
        w, c = parameters[i], parameters[i + 1]
        x = torch.baddbmm(c, x, w) if grouped else torch.addmm(c[0], x, w)
        if i + 2 < len(parameters):
            x = torch.nn.functional.silu(x)
    return x


def timed(clock, work):
    work()
    start = clock()
    work()
    count = max(1, int(SECONDS / max(1e-6, clock() - start)))
    best = float("inf")
    for _ in range(ROUNDS):
        start = clock()
        for _ in range(count):
            work()
        best = min(best, (clock() - start) / count)
    return best * 1e6


def main():
    threads = int(sys.argv[1])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    clock = time.process_time if threads == 1 else time.perf_counter
    for name in sys.argv[2:] or CASES:
        groups, inputs, hidden, outputs, rows = CASES[name]
        parameters = network(groups, inputs, hidden, outputs)
        shape = (groups,) if groups > 1 else ()
        x = torch.randn(*shape, rows, inputs)
        y = torch.randn(*shape, rows, outputs)
        z = torch.randn(*shape, 1000, inputs)
        adam = torch.optim.Adam(parameters, lr=1e-3)

        def step():
            adam.zero_grad(set_to_none=True)
            loss = ((forward(parameters, x) - y) ** 2).mean(dim=(-2, -1)).sum()
            loss.backward()
            adam.step()

        def evaluate():
            with torch.no_grad():
                forward(parameters, z)

        print(f"{name} {threads} {timed(clock, step):.0f} {timed(clock, evaluate):.0f}", flush=True)


if __name__ == "__main__":
    main()
