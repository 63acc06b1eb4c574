#!/usr/bin/python3
"""Samplers side by side with the same ones in NumPy, in the shape that Python has them.

The law is a mixture of normal laws without correlations, whose posterior mean both know; the levels
are those of Karras et al. (2022). Samplers without noise of their own start from the same rows and
must end at the same rows; ancestral steps are random, so there the means must agree. Both take
turns; printed are seconds and ratios. See benchmarks/README.md.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--rows", type=int, default=10_000)
parser.add_argument("--columns", type=int, default=16)
parser.add_argument("--components", type=int, default=10)
parser.add_argument("--steps", type=int, default=32)
parser.add_argument("--turns", type=int, default=5)
parser.add_argument("--threads", type=int, default=1, help="of NumPy; ours is one")
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--java", default="java")
args = parser.parse_args()
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = str(args.threads)

import numpy as np

folder = tempfile.TemporaryDirectory()
target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "target")
path = os.path.join(target, "classes") + os.pathsep + os.path.join(target, "lib", "*")
command = [args.java, "-cp", path, "dev.espalier.samplers.SamplersBenchmark", folder.name]
command += [str(each) for each in (args.rows, args.columns, args.components, args.steps)]
java = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def ours(name):
    java.stdin.write(name + "\n")
    java.stdin.flush()
    return float(java.stdout.readline())


def read(name):
    return np.fromfile(os.path.join(folder.name, name + ".f64")).reshape(-1, args.columns)


def denoised(x, sigma):
    """The posterior mean, as products of matrices, so that no array has rows, components and columns."""
    noisy = variances + sigma**2
    constants = -0.5 * np.sum(means**2 / noisy + np.log(noisy), axis=1)
    logs = constants + x @ (means / noisy).T - 0.5 * (x * x) @ (1 / noisy).T
    shares = np.exp(logs - logs.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    kept = variances / noisy
    return x * (shares @ kept) + shares @ (means * (1 - kept))


def levels(rho=7, low=0.002, high=40):
    ramp = np.linspace(high ** (1 / rho), low ** (1 / rho), args.steps)
    return np.append(ramp**rho, 0)


def heun(x):
    for sigma, to in zip(sigmas[:-1], sigmas[1:]):
        slope = (x - denoised(x, sigma)) / sigma
        moved = x + slope * (to - sigma)
        if to > 0:
            slope = (slope + (moved - denoised(moved, to)) / to) / 2
            moved = x + slope * (to - sigma)
        x = moved
    return x


def dpm(x):
    before = length = None
    for sigma, to in zip(sigmas[:-1], sigmas[1:]):
        mean = denoised(x, sigma)
        if to == 0:
            return mean
        step = np.log(sigma / to)
        ahead = mean if before is None else mean + (mean - before) * step / (2 * length)
        x = to / sigma * x - np.expm1(-step) * ahead
        before, length = mean, step


def ancestral(x):
    for sigma, to in zip(sigmas[:-1], sigmas[1:]):
        mean = denoised(x, sigma)
        if to == 0:
            return mean
        down = to**2 / sigma
        up = np.sqrt(to**2 - down**2)
        x = mean + (x - mean) * (down / sigma) + up * random.normal(size=x.shape)


random = np.random.default_rng(args.seed)
sigmas = levels()
print(
    f"{args.rows} rows x {args.columns} columns, {args.components} components, {args.steps} steps,"
    f" NumPy {np.__version__} on {args.threads} thread(s)"
)
for way in (heun, dpm, ancestral):
    for _ in range(3):
        ours(way.__name__)
    means, variances, start, here = (read(name) for name in ("means", "variances", "start", "rows"))
    pairs, there = [], way(start)
    gap = np.abs(here - there).max()
    if way is ancestral:
        # The difference of two means of as many rows, in its standard errors.
        error = np.sqrt((here.var(axis=0) + there.var(axis=0)) / args.rows)
        gap = np.abs((here.mean(axis=0) - there.mean(axis=0)) / error).max()
    for _ in range(args.turns):
        mine = ours(way.__name__)
        begin = time.perf_counter()
        way(start)
        pairs.append((mine, time.perf_counter() - begin))
    ratios = sorted(theirs / mine for mine, theirs in pairs)
    mine, theirs = (1e3 * statistics.median(pair[i] for pair in pairs) for i in (0, 1))
    print(
        f"{way.__name__}: ours {mine:.0f} ms, theirs {theirs:.0f} ms; NumPy takes"
        f" {statistics.median(ratios):.2f} times as long (from {ratios[0]:.2f} to {ratios[-1]:.2f}"
        f" in {args.turns} turns); rows apart by {gap:.1e}"
        + (" standard errors of their means" if way is ancestral else ""),
        flush=True,
    )
    if not gap < (6 if way is ancestral else 1e-6):
        sys.exit(f"need the same rows from both, got a difference of {gap}")
java.stdin.close()
java.wait()
