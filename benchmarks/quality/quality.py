#!/usr/bin/python3
"""How soon an estimator reaches the held-out loss that a dense PyTorch network reaches in a minute.

The loss at a noise level is the mean of (m(x) - x0)^2 / b a column over rows that were not fitted,
averaged over log SNR from -6 to 6; variance-preserving noise, rows centred and scaled to average
variance 1 by the training rows. PyTorch trains a perceptron with SiLU over row and level on exactly
this loss (its output is the unit-variance target sqrt(b) x0 - a w), Adam with cosine decay over the
whole time, averaged weights; what is quoted is the least loss it ever shows on the test rows, and
the seconds of training until it first shows the loss in question. Ours is a whole fit in a process
that has just started, start excluded. See docs/benchmarks/quality.md.
"""

import argparse
import copy
import math
import os
import statistics
import subprocess
import time

import numpy as np
import torch

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
LOG_SNR = np.linspace(6, -6, 13)
BATCH = 256
CASES = {
    "chain": [
        "gaussian()",
        "markovfield(graph=chain())",
        "localized(graph=chain(), radius=auto, inner=gaussian())",
        "localized(graph=chain(), radius=2, inner=network(hidden=[32,32], steps=1000))",
        "network()",
    ],
    "landsat": [
        "gaussian()",
        "localized(graph=grid(8,8), radius=auto, share=true, inner=gaussian())",
        "network(steps=3000)",
        "network()",
    ],
}

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("cases", nargs="*", default=list(CASES))
parser.add_argument("--seconds", type=float, default=60)
parser.add_argument("--threads", type=int, default=os.cpu_count())
parser.add_argument("--turns", type=int, default=3)
parser.add_argument("--widths", type=int, nargs="+", default=[128, 256])
parser.add_argument("--first", type=int, default=0, help="seed of the first turn")
parser.add_argument("--java", default="java")
parser.add_argument("--flags", default="", help="of the JVM: --flags='--add-modules jdk.incubator.vector'")
parser.add_argument("--classpath", default="benchmarks/target/classes:benchmarks/target/lib/*")
args = parser.parse_args()
torch.set_num_threads(args.threads)


def chain(random):
    """Gaussian chain: precision tridiag(-1/2, 1.1, -1/2), 400 rows of 100 columns."""
    d = 100
    precision = 1.1 * np.eye(d) - 0.5 * (np.eye(d, k=1) + np.eye(d, k=-1))
    factor = np.linalg.cholesky(np.linalg.inv(precision))
    rows = random.standard_normal((2400, d)) @ factor.T
    return rows[:400], rows[400:]


def landsat(random):
    """Patches of 8 by 8 cells: 1000 to fit, the others held out."""
    file = os.path.join(ROOT, "examples", "data", "landsat7_nir_patches_8x8.csv")
    rows = random.permutation(np.loadtxt(file, delimiter=",", skiprows=1))
    return rows[:1000], rows[1000:]


def noised(rows, random):
    """A list of (a, b, noisy rows), a level each."""
    levels = []
    for value in LOG_SNR:
        b = 1 / (1 + math.exp(value))
        a = math.sqrt(1 - b)
        levels.append((a, b, a * rows + math.sqrt(b) * random.standard_normal(rows.shape)))
    return levels


def loss(means, levels, truth):
    return statistics.mean(
        float(((mean - truth) ** 2).mean()) / b for mean, (_, b, _) in zip(means, levels)
    )


class Dense(torch.nn.Module):
    def __init__(self, columns, width):
        super().__init__()
        self.register_buffer("frequencies", torch.exp(torch.linspace(-2, 2, 8)))
        self.layers = torch.nn.Sequential(
            torch.nn.Linear(columns + 17, width),
            torch.nn.SiLU(),
            torch.nn.Linear(width, width),
            torch.nn.SiLU(),
            torch.nn.Linear(width, width),
            torch.nn.SiLU(),
            torch.nn.Linear(width, columns),
        )

    def forward(self, x, log_snr):
        angles = log_snr / 6 * self.frequencies
        level = torch.cat([log_snr / 6, torch.sin(angles), torch.cos(angles)], dim=1)
        return self.layers(torch.cat([x, level], dim=1))


def shown(network, levels, truth):
    means = []
    with torch.no_grad():
        for value, (a, b, x) in zip(LOG_SNR, levels):
            x = torch.tensor(x, dtype=torch.float32)
            target = network(x, torch.full((len(x), 1), value, dtype=torch.float32))
            means.append((a * x + math.sqrt(b) * target).double().numpy())
    return loss(means, levels, truth)


def trained(rows, levels, truth, width, seed):
    """(seconds, loss) about twice a second of training."""
    torch.manual_seed(seed)
    data = torch.tensor(rows, dtype=torch.float32)
    network = Dense(rows.shape[1], width)
    average = copy.deepcopy(network)
    optimiser = torch.optim.Adam(network.parameters(), lr=2e-3)
    spent, curve, steps, due = 0.0, [], 0, 0.5
    while spent < args.seconds:
        start = time.perf_counter()
        for group in optimiser.param_groups:
            group["lr"] = 1e-3 * (1 + math.cos(math.pi * spent / args.seconds))
        x0 = data[torch.randint(len(data), (BATCH,))]
        log_snr = torch.rand(BATCH, 1) * 12 - 6
        b = torch.sigmoid(-log_snr)
        a = torch.sqrt(1 - b)
        w = torch.randn_like(x0)
        out = network(a * x0 + torch.sqrt(b) * w, log_snr)
        error = ((out - (torch.sqrt(b) * x0 - a * w)) ** 2).mean()
        optimiser.zero_grad(set_to_none=True)
        error.backward()
        optimiser.step()
        steps += 1
        keep = min(0.999, 1 - 1 / (1 + steps / 10))
        with torch.no_grad():
            for slow, fast in zip(average.parameters(), network.parameters()):
                slow.lerp_(fast, 1 - keep)
        spent += time.perf_counter() - start
        if spent >= due:
            curve.append((spent, shown(average, levels, truth)))
            due = spent + 0.5
    return curve, steps


def fitted(estimator, rows, levels, truth):
    command = [args.java, *args.flags.split(), "-cp", args.classpath, "dev.espalier.runtime.FitClock", estimator]
    command += [str(v) for v in (*rows.shape, len(levels), len(truth), args.threads)]
    cells = [rows] + [cell for _, b, x in levels for cell in (np.array([b]), x)]
    sent = b"".join(np.ascontiguousarray(cell).astype(">f8").tobytes() for cell in cells)
    back = np.frombuffer(
        subprocess.run(command, input=sent, stdout=subprocess.PIPE, check=True).stdout, ">f8"
    )
    return back[0], loss(back[1:].reshape(len(levels), *truth.shape), levels, truth)


def spread(values, form):
    low, middle, high = min(values), statistics.median(values), max(values)
    return "%s (%s to %s)" % (form % middle, form % low, form % high)


for case in args.cases:
    losses, seconds, reached, best = {}, {}, {}, {}
    for turn in range(args.first, args.first + args.turns):
        random = np.random.default_rng(turn)
        rows, truth = chain(random) if case == "chain" else landsat(random)
        centre = rows.mean(axis=0)
        scale = math.sqrt(rows.var(axis=0).mean())
        rows, truth = (rows - centre) / scale, (truth - centre) / scale
        levels = noised(truth, random)
        curves = []
        for width in args.widths:
            curve, steps = trained(rows, levels, truth, width, turn)
            curves.append(curve)
            best.setdefault(width, []).append((min(v for _, v in curve), steps))
        least = min(v for curve in curves for _, v in curve)
        for estimator in CASES[case]:
            took, value = fitted(estimator, rows, levels, truth)
            seconds.setdefault(estimator, []).append(took)
            losses.setdefault(estimator, []).append(value)
            reached.setdefault(estimator, []).append(value <= least)
    print("\n%s, %d threads, %d turns" % (case, args.threads, args.turns))
    print("| estimator | loss | seconds | as good as PyTorch |")
    print("|---|---|---|---|")
    for width, values in best.items():
        print(
            "| PyTorch, 3 layers of %d, at its best within %g s (%d steps) | %s | %g | |"
            % (
                width,
                args.seconds,
                statistics.median(s for _, s in values),
                spread([v for v, _ in values], "%.4f"),
                args.seconds,
            )
        )
    for estimator in CASES[case]:
        print(
            "| `%s` | %s | %s | %d of %d |"
            % (
                estimator,
                spread(losses[estimator], "%.4f"),
                spread(seconds[estimator], "%.2f"),
                sum(reached[estimator]),
                args.turns,
            ),
            flush=True,
        )
