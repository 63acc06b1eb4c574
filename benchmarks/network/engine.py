#!/usr/bin/python3
"""Steps and evaluations of perceptrons with SiLU, side by side with PyTorch, taking turns.

Printed are the medians of the microseconds and of the ratios (PyTorch over Espalier: how many times
faster Espalier is) with the least and the greatest ratio. With one thread the time is that of the
processor, which other work on the machine disturbs least; with more it is that of the clock.
See docs/benchmarks/network.md.
"""

import argparse
import statistics
import subprocess
import time

import torch

CASES = {
    "small": (1, 8, [64, 64], 8, 128),
    "mid": (1, 64, [256] * 3, 64, 512),
    "big": (1, 256, [512] * 3, 256, 1024),
    "loc64": (64, 11, [64, 64], 1, 256),
    "loc256": (256, 11, [64, 64], 1, 256),
}
ROUNDS = 5
SECONDS = 0.3

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("cases", nargs="*", default=list(CASES))
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--turns", type=int, default=5)
parser.add_argument("--java", default="java")
parser.add_argument("--classpath", default="benchmarks/target/classes:benchmarks/target/lib/*")
args = parser.parse_args()


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


def timed(work):
    clock = time.process_time if args.threads == 1 else time.perf_counter
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


def torch_times(name):
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

    return timed(step), timed(evaluate)


def main():
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)
    java = subprocess.Popen(
        [
            args.java,
            "-cp",
            args.classpath,
            "dev.espalier.estimators.network.EngineBenchmark",
            str(args.threads),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    print(f"torch {torch.__version__}, {args.threads} threads, {args.turns} turns")
    for name in args.cases:
        ours, theirs = [], []
        for _ in range(args.turns):
            java.stdin.write(name + "\n")
            java.stdin.flush()
            ours.append([float(each) for each in java.stdout.readline().split()])
            theirs.append(torch_times(name))
        for k, what in enumerate(("step", "evaluation")):
            ratios = sorted(t[k] / o[k] for o, t in zip(ours, theirs))
            print(
                f"{name:7} {what:10} espalier {statistics.median(o[k] for o in ours):9.0f} us"
                f"  torch {statistics.median(t[k] for t in theirs):9.0f} us"
                f"  ratio {statistics.median(ratios):5.2f}  ({ratios[0]:.2f} to {ratios[-1]:.2f})",
                flush=True,
            )
    java.stdin.close()
    java.wait()


if __name__ == "__main__":
    main()
