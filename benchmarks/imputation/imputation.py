#!/usr/bin/python3
"""Blanks of iris, wine and breast cancer filled by ./espalier complete, by mean absolute error.

Cells are blanked completely at random, 20 %, in the training four fifths of each of three splits;
the class stays known. Columns are scaled to the range from 0 to 1. MinMAE takes, row by row, the
draw with the least sum of errors of five; AvgMAE averages over the draws. Split k shuffles with seed
k and blanks with numpy's RandomState(100 + k). The rows come with scikit-learn.
See benchmarks/README.md.
"""

import csv
import os
import subprocess
import sys
import tempfile

import numpy as np
from sklearn import datasets
from sklearn.model_selection import train_test_split

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
SETS = dict(
    iris=datasets.load_iris, wine=datasets.load_wine, breast_cancer=datasets.load_breast_cancer
)
METHODS = [
    ("gaussian by class", "stratified(by=class, inner=gaussian())", None),
    ("gmm by class", "stratified(by=class, inner=gmm(components=1..3))", None),
    ("gmm by class, repaint", "stratified(by=class, inner=gmm(components=1..3))", "repaint()"),
]
DRAWS = 5
ESPALIER = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "espalier")


def write(path, names, values, classes, mask):
    with open(path, "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(names + ["class"])
        for row, gone, label in zip(values, mask, classes):
            cells = ["" if none else repr(float(cell)) for cell, none in zip(row, gone)]
            out.writerow(cells + ["class%d" % label])


def fill(folder, path, estimator, guidance, seed):
    out = os.path.join(folder, "filled.csv")
    command = [ESPALIER, "complete", path, "--draws", str(DRAWS), "--quiet"]
    command += ["--seed", str(seed), "--out", out]
    command += ["--estimator", estimator]
    if guidance:
        command += ["--guidance", guidance, "--sampler", "ancestral(steps=50)"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with open(out, newline="") as file:
        rows = list(csv.reader(file))[1:]
    values = np.array([[float(cell) for cell in row[1:-1]] for row in rows])
    return values.reshape(-1, DRAWS, values.shape[1])


def errors(truth, filled, mask):
    low = truth.min(axis=0)
    scale = truth.max(axis=0) - low
    scale[scale == 0] = 1
    gap = np.abs((filled - truth[:, None, :]) / scale) * mask[:, None, :]
    sums = gap.sum(axis=2)
    return sums.min(axis=1).sum() / mask.sum(), sums.mean(axis=1).sum() / mask.sum()


print("| data | method | MinMAE | AvgMAE |")
print("|---|---|---|---|")
with tempfile.TemporaryDirectory() as folder:
    for name, load in SETS.items():
        x, y = load(return_X_y=True)
        names = ["x%d" % j for j in range(x.shape[1])]
        for title, estimator, guidance in METHODS:
            found = []
            for split in range(3):
                train, _, classes, _ = train_test_split(
                    x, y, test_size=0.2, random_state=split, stratify=y
                )
                mask = np.random.RandomState(100 + split).rand(*train.shape) < 0.2
                kept = ~mask.all(axis=1)
                train, classes, mask = train[kept], classes[kept], mask[kept]
                path = os.path.join(folder, "blank.csv")
                write(path, names, train, classes, mask)
                filled = fill(folder, path, estimator, guidance, split)
                assert np.array_equal(
                    np.where(mask[:, None, :], 0, filled), np.where(mask, 0, train)[:, None, :]
                    * np.ones((1, DRAWS, 1))
                )
                found.append(errors(train, filled, mask))
            least, mean = np.mean(found, axis=0)
            print("| %s | %s | %.4f | %.4f |" % (name, title, least, mean))
            sys.stdout.flush()
