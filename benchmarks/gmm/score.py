#!/usr/bin/python3
"""The score of a full-covariance mixture at one noise level, side by side with NumPy.

NumPy computes it in two ways: as samplers for Python write it, all components in one einsum; and
in the best way found, a product of matrices for every component, which OpenBLAS runs. Each takes
turns with ours; printed are seconds and ratios. See benchmarks/README.md.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--rows", type=int, default=4096)
parser.add_argument("--columns", type=int, default=64)
parser.add_argument("--components", type=int, default=10)
parser.add_argument("--spread", type=float, default=0.5, help="deviation of the means")
parser.add_argument("--noise", type=float, default=0.3, help="variance of the noise, below 1")
parser.add_argument("--rounds", type=int, default=9)
parser.add_argument("--threads", type=int, default=1, help="of NumPy; ours is one")
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--java", default="java")
args = parser.parse_args()
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = str(args.threads)

import numpy as np

n, d, k, b = args.rows, args.columns, args.components, args.noise
a = np.sqrt(1 - b)
random = np.random.default_rng(args.seed)
means = args.spread * random.normal(size=(k, d))
shapes = random.normal(size=(k, d, d)) / np.sqrt(d)
covariances = np.einsum("kij,klj->kil", shapes, shapes) + 0.1 * np.eye(d)
weights = np.full(k, 1 / k)
factors = np.linalg.cholesky(covariances)
labels = random.integers(k, size=n)
clean = means[labels] + np.einsum("nij,nj->ni", factors[labels], random.normal(size=(n, d)))
rows = a * clean + np.sqrt(b) * random.normal(size=(n, d))

folder = tempfile.mkdtemp()
for name, values in dict(rows=rows, means=means, weights=weights, covariances=covariances).items():
    values.astype("<f8").tofile(os.path.join(folder, name + ".f64"))

target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "target")
path = os.path.join(target, "classes") + os.pathsep + os.path.join(target, "lib", "*")
command = [args.java, "-cp", path, "dev.espalier.estimators.closedform.MixtureScoreBenchmark"]
java = subprocess.Popen(
    command + [folder, str(d), str(b)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
)
TIMES = 5


def ours():
    java.stdin.write(f"{TIMES}\n")
    java.stdin.flush()
    return float(java.stdout.readline())


def level():
    noisy = a * a * covariances + b * np.eye(d)
    return np.linalg.inv(noisy), np.log(weights) - 0.5 * np.linalg.slogdet(noisy)[1]


def shares(logs):
    shares = np.exp(logs - logs.max(axis=1, keepdims=True))
    return shares / shares.sum(axis=1, keepdims=True)


def einsum():
    precisions, constants = level()
    delta = rows[:, None, :] - a * means
    solved = np.einsum("nki,kij->nkj", delta, precisions)
    logs = constants - 0.5 * np.einsum("nki,nki->nk", delta, solved)
    return -np.einsum("nk,nki->ni", shares(logs), solved)


def matmul():
    precisions, constants = level()
    logs = np.empty((n, k))
    solved = []
    for c in range(k):
        delta = rows - a * means[c]
        solved.append(delta @ precisions[c])
        logs[:, c] = constants[c] - 0.5 * np.einsum("ni,ni->n", delta, solved[c])
    share = shares(logs)
    score = np.zeros((n, d))
    for c in range(k):
        score -= share[:, c, None] * solved[c]
    return score


def timed(way, times):
    begin = time.perf_counter()
    for _ in range(times):
        way()
    return (time.perf_counter() - begin) / times


for _ in range(6):
    ours()
mine = np.fromfile(os.path.join(folder, "scores.f64"), dtype="<f8").reshape(n, d)
gap = np.abs(mine - matmul()).max() / np.abs(mine).max()
print(f"{n} rows x {d} columns, {k} components, noise {b}, NumPy {np.__version__}")
for name, way, times in (("einsum", einsum, 1), ("matmul", matmul, TIMES)):
    way()
    pairs = [(ours(), timed(way, times)) for _ in range(args.rounds)]
    here, there = (1e3 * statistics.median(pair[i] for pair in pairs) for i in (0, 1))
    ratios = sorted(pair[1] / pair[0] for pair in pairs)
    print(
        f"NumPy by {name}: ours {here:.1f} ms, theirs {there:.1f} ms; it takes"
        f" {statistics.median(ratios):.2f} times as long"
        f" (from {ratios[0]:.2f} to {ratios[-1]:.2f} over {args.rounds} rounds)"
    )
java.stdin.close()
java.wait()
if not gap < 1e-9:
    sys.exit(f"need scores within 1e-9 of each other, got {gap}")
