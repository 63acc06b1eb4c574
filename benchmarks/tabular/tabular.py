#!/usr/bin/python3
"""The protocol of the ForestDiffusion paper (arXiv 2309.09968) on iris, wine and breast cancer.

Rows come with scikit-learn and are split here. Java fits a pipeline, draws generations and gives
their exact W1 distances; coverage and F1 are computed here. A folder keeps everything, so that a run
goes on where it was stopped. See benchmarks/README.md.

usage: tabular.py FOLDER rows | FOLDER run METHOD SET SPLIT [JAVA] | FOLDER table
"""

import os
import subprocess
import sys

import numpy as np
from sklearn import datasets
from sklearn.ensemble import AdaBoostClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import train_test_split
from scipy.spatial.distance import cdist
from xgboost import XGBClassifier

SETS = dict(
    iris=datasets.load_iris, wine=datasets.load_wine, breast_cancer=datasets.load_breast_cancer
)
GENERATIONS = 5
FLOW = "ddim(steps=50, grid=uniform(schedule=flow()))"
VP = "ancestral(steps=50, grid=uniform(schedule=vplinear()))"


def pipeline(inner, sampler, seed):
    return f"pipeline(estimator=stratified(by=class, inner={inner}), sampler={sampler}, seed={seed})"


def trees(copies, levels, number, rest=""):
    return f"tribuo(trainer=xgboost(trees={number}), copies={copies}, levels={levels}{rest})"


NOISE = ", schedule=vplinear(), prediction=noise"
METHODS = {
    "gaussian": ("gaussian()", "direct()"),
    "gmm": ("gmm(components=1..4)", "direct()"),
    "kernel": ("kernel(bandwidth=0.1)", "direct()"),
    "flow": (trees(100, 50, 100), FLOW),
    "vp": (trees(100, 50, 100, NOISE), VP),
    "flow-reduced": (trees(10, 20, 50), FLOW),
    "vp-reduced": (trees(10, 20, 50, NOISE), VP),
}


def rows(folder):
    for name, load in SETS.items():
        x, y = load(return_X_y=True)
        for split in range(3):
            parts = train_test_split(
                np.column_stack([x, y]), test_size=0.2, random_state=split, stratify=y
            )
            for part, values in zip(("train", "test"), parts):
                path = os.path.join(folder, f"{name}-{split}-{part}.csv")
                np.savetxt(path, values, delimiter=",", fmt="%.17g")


def run(folder, method, name, split, java="java"):
    target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "target")
    path = os.path.join(target, "classes") + os.pathsep + os.path.join(target, "lib", "*")
    inner, sampler = METHODS[method]
    command = [java, "-Xmx4g", "-cp", path, "dev.espalier.tabular.TabularProtocol"]
    command += [folder, f"{name}-{split}", method, pipeline(inner, sampler, split), str(GENERATIONS)]
    found = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    with open(os.path.join(folder, f"{name}-{split}-{method}.txt"), "w") as file:
        file.write(found)
    print(found, end="")


def load(folder, name):
    return np.loadtxt(os.path.join(folder, name + ".csv"), delimiter=",")


def encoded(values, train):
    low, high = train[:, :-1].min(0), train[:, :-1].max(0)
    classes = int(train[:, -1].max()) + 1
    label = values[:, -1:] if classes == 2 else np.eye(classes)[values[:, -1].astype(int)] / 2
    return np.hstack([(values[:, :-1] - low) / (high - low), label])


def coverage(real, drawn):
    """The share of real rows nearer to a drawn one than to their nearest real neighbour but one."""
    own = np.sort(cdist(real, real, "cityblock"), axis=1)[:, K]
    return float((cdist(real, drawn, "cityblock").min(axis=1) < own).mean())


K = 2
SEEDS = 1
SCORED = 1


def f1(drawn, test, train):
    low, high = train[:, :-1].min(0), train[:, :-1].max(0)
    classes = np.unique(drawn[:, -1])
    known = np.searchsorted(classes, drawn[:, -1])
    scores = []
    for seed in range(SEEDS):
        for learner in (
            LogisticRegression(max_iter=500, penalty=None, random_state=seed),
            AdaBoostClassifier(random_state=seed),
            RandomForestClassifier(max_depth=28, random_state=seed),
            XGBClassifier(reg_lambda=0, random_state=seed, n_jobs=1),
        ):
            learner.fit((drawn[:, :-1] - low) / (high - low), known)
            told = classes[learner.predict((test[:, :-1] - low) / (high - low))]
            scores.append(f1_score(test[:, -1], told, average="macro"))
    return float(np.mean(scores))


def measured(folder, method, name):
    lines = []
    for split in range(3):
        stem = f"{name}-{split}"
        path = os.path.join(folder, f"{stem}-{method}.txt")
        if method == "oracle":
            found = [(0, np.nan, 0, 0)]
        elif os.path.exists(path):
            found = [tuple(map(float, line.split(",")[3:])) for line in open(path)]
        else:
            continue
        train, test = load(folder, stem + "-train"), load(folder, stem + "-test")
        for g, (to_train, to_test, fit, draw) in enumerate(found):
            drawn = train if method == "oracle" else load(folder, f"{stem}-{method}-{g}")
            a, b, c = (encoded(each, train) for each in (drawn, train, test))
            known = f1(drawn, test, train) if g < SCORED else np.nan
            lines.append(
                (to_train, to_test, coverage(b, a), coverage(c, a), known, fit, draw)
            )
    return np.array(lines), len(lines) if method == "oracle" else len(lines) // GENERATIONS


def table(folder):
    for name in SETS:
        print(f"\n{name}\n")
        print("| method | W1 train | W1 test | coverage train | coverage test | F1 | fit s | draw s | splits |")
        print("|---|---|---|---|---|---|---|---|---|")
        for method in ["oracle", *METHODS]:
            lines, splits = measured(folder, method, name)
            if len(lines):
                mean = np.nanmean(lines, 0)
                cells = [f"{value:.3f}" for value in mean[:5]] + [f"{value:.1f}" for value in mean[5:]]
                print(f"| {method} | " + " | ".join(cells) + f" | {splits} |", flush=True)


if __name__ == "__main__":
    globals()[sys.argv[2]](sys.argv[1], *sys.argv[3:])
