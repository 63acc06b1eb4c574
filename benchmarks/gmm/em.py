#!/usr/bin/python3
"""EM for a full-covariance mixture, side by side with scikit-learn, from the same starts.

Both run the same number of steps on the same rows, taking turns; printed are the log-likelihood a
row that each reached and the median ratio of their times. See benchmarks/README.md.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--rows", type=int, default=20_000)
parser.add_argument("--columns", type=int, default=32)
parser.add_argument("--components", type=int, default=10)
parser.add_argument("--spread", type=float, default=0.5, help="deviation of the planted means")
parser.add_argument("--steps", type=int, default=30)
parser.add_argument("--rounds", type=int, default=7)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--java", default="java")
args = parser.parse_args()
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = str(args.threads)

import numpy as np
import sklearn
from sklearn.mixture import GaussianMixture

n, d, k = args.rows, args.columns, args.components
random = np.random.default_rng(args.seed)
centres = args.spread * random.normal(size=(k, d))
shapes = random.normal(size=(k, d, d)) / np.sqrt(d)
labels = random.integers(k, size=n)
noise = np.einsum("nij,nj->ni", shapes[labels], random.normal(size=(n, d)))
rows = centres[labels] + noise + 0.3 * random.normal(size=(n, d))

# The starts: rows as means, the covariance of all rows in every component.
means = rows[random.choice(n, size=k, replace=False)]
weights = np.full(k, 1 / k)
covariances = np.repeat(np.cov(rows.T)[None], k, axis=0)

folder = tempfile.mkdtemp()
for name, values in dict(rows=rows, means=means, weights=weights, covariances=covariances).items():
    values.astype("<f8").tofile(os.path.join(folder, name + ".f64"))

target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "target")
path = os.path.join(target, "classes") + os.pathsep + os.path.join(target, "lib", "*")
command = [args.java, "-cp", path]
command += ["dev.espalier.plugins.gmm.EmBenchmark", folder, str(d), str(args.steps)]
java = subprocess.Popen(
    command + [str(args.threads)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
)


def ours():
    java.stdin.write("run\n")
    java.stdin.flush()
    seconds, reached = java.stdout.readline().split()
    return float(seconds), float(reached)


def theirs():
    model = GaussianMixture(
        k,
        tol=0,
        max_iter=args.steps,
        init_params="random_from_data",
        weights_init=weights,
        means_init=means,
        precisions_init=np.linalg.inv(covariances),
        random_state=0,
    )
    begin = time.perf_counter()
    model.fit(rows)
    return time.perf_counter() - begin, model.score(rows)


warnings.filterwarnings("ignore")
for _ in range(3):
    ours()
theirs()
pairs = [(ours(), theirs()) for _ in range(args.rounds)]
java.stdin.close()
java.wait()
mine, other = (statistics.median(p[i][0] for p in pairs) for i in (0, 1))
ratios = sorted(p[1][0] / p[0][0] for p in pairs)
gap = abs(pairs[0][0][1] - pairs[0][1][1])
print(f"{n} x {d}, {k} components, means spread by {args.spread}, {args.steps} steps")
print(f"log-likelihood a row: espalier {pairs[0][0][1]:.6f}, scikit-learn {pairs[0][1][1]:.6f}")
print(f"seconds: espalier {mine:.3f}, scikit-learn {sklearn.__version__} {other:.3f}")
print(
    f"scikit-learn takes {statistics.median(ratios):.2f} times as long"
    f" (from {ratios[0]:.2f} to {ratios[-1]:.2f} over {args.rounds} rounds)"
)
if gap > 0.005:
    sys.exit(f"need log-likelihoods within 0.005 of each other, got {gap}")
