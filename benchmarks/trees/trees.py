#!/usr/bin/python3
"""Boosted trees as a score, beside the same by XGBoost's own Python.

A booster for every column and level of the straight flow learns the velocity from noisy copies of
the rows of wine, standardised, on one thread each. The loss is the mean squared error of the
posterior mean of noisy rows that were held out, at the levels learned. Each takes turns with ours.
See benchmarks/README.md.
"""

import argparse
import os
import statistics
import subprocess
import time

import numpy as np
import xgboost
from sklearn import datasets
from sklearn.model_selection import train_test_split

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--trees", type=int, default=50)
parser.add_argument("--copies", type=int, default=20)
parser.add_argument("--levels", type=int, default=10)
parser.add_argument("--turns", type=int, default=3)
parser.add_argument("--java", default="java")
args = parser.parse_args()

NOISY = 20  # of every row that is held out
ENDS = 1e-3  # how far the first and last level are from the ends of the flow

target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "target")
path = os.path.join(target, "classes") + os.pathsep + os.path.join(target, "lib", "*")
estimator = (
    f"tribuo(trainer=xgboost(trees={args.trees}), copies={args.copies}, levels={args.levels})"
)
times = np.linspace(ENDS, 1 - ENDS, args.levels)[1:-1]


def ours(rows, noisy):
    """Levels are sent as they are where the variance is preserved, which differs by a factor."""
    command = [args.java, "-cp", path, "dev.espalier.runtime.FitClock", estimator]
    command += [str(each) for each in (*rows.shape, len(times), len(noisy[0]), 1)]
    cells = [rows]
    for t, x in zip(times, noisy):
        size = np.hypot(t, 1 - t)
        cells += [np.array([(t / size) ** 2]), x / size]
    sent = b"".join(each.astype(">f8").tobytes() for each in cells)
    back = subprocess.run(command, input=sent, stdout=subprocess.PIPE, check=True).stdout
    numbers = np.frombuffer(back, ">f8")
    return numbers[0], numbers[1:].reshape(np.shape(noisy))


def theirs(rows, noisy, random):
    settings = dict(max_depth=7, eta=0.3, reg_lambda=0, tree_method="hist", nthread=1)
    clean = np.tile(rows, (args.copies, 1))
    means, begin = [], time.perf_counter()
    models = []
    for t in np.linspace(ENDS, 1 - ENDS, args.levels):
        noise = random.normal(size=clean.shape)
        seen = xgboost.DMatrix((1 - t) * clean + t * noise, nthread=1)
        level = []
        for wanted in (clean - noise).T:
            seen.set_label(wanted)
            level.append(xgboost.train(settings, seen, args.trees))
        models.append(level)
    seconds = time.perf_counter() - begin
    for t, level, x in zip(times, models[1:-1], noisy):
        asked = xgboost.DMatrix(x, nthread=1)
        means.append(x + t * np.column_stack([each.predict(asked) for each in level]))
    return seconds, np.array(means)


x, y = datasets.load_wine(return_X_y=True)
x = (x - x.mean(axis=0)) / x.std(axis=0)
pairs, losses = [], []
for turn in range(args.turns):
    random = np.random.default_rng(turn)
    rows, held = train_test_split(x, test_size=0.2, random_state=turn, stratify=y)
    truth = np.tile(held, (NOISY, 1))
    noisy = [(1 - t) * truth + t * random.normal(size=truth.shape) for t in times]
    answers = ours(rows, noisy), theirs(rows, noisy, random)
    pairs.append([seconds for seconds, _ in answers])
    losses.append([np.mean((means - truth) ** 2) for _, means in answers])
ratios = sorted(there / here for here, there in pairs)
here, there = (statistics.median(pair[i] for pair in pairs) for i in (0, 1))
loss, its = (statistics.median(pair[i] for pair in losses) for i in (0, 1))
print(
    f"XGBoost {xgboost.__version__} by Python takes {statistics.median(ratios):.2f} times as long"
    f" (from {ratios[0]:.2f} to {ratios[-1]:.2f} in {args.turns} turns): ours {here:.1f} s,"
    f" theirs {there:.1f} s; loss {loss:.4f}, theirs {its:.4f}"
)
