#!/usr/bin/python3
"""The protocol of the ForestDiffusion paper (arXiv 2309.09968) on iris, wine and breast cancer.

Rows come with scikit-learn and are split here. Java fits a pipeline, draws generations and gives
their exact W1 distances; coverage and F1 are computed here. A folder keeps everything, so that a run
goes on where it was stopped. Beside stands the flow by XGBoost's own Python on one thread, for iris
and wine. See benchmarks/README.md.

usage: tabular.py FOLDER rows | FOLDER run METHOD SET SPLIT [JAVA] | FOLDER python SET SPLIT
       | FOLDER table
"""

import os
import subprocess
import sys
import time

import numpy as np
import xgboost
from sklearn import datasets
from sklearn.ensemble import AdaBoostClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import train_test_split
from scipy import sparse
from scipy.optimize import linprog
from scipy.spatial.distance import cdist
from xgboost import XGBClassifier

SETS = dict(
    iris=datasets.load_iris, wine=datasets.load_wine, breast_cancer=datasets.load_breast_cancer
)
GENERATIONS = 5
K = 2
SEEDS = 1
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
    "flow-reduced": (trees(20, 20, 50), FLOW),
    "vp-reduced": (trees(20, 20, 50, NOISE), VP),
    "flow-half": (trees(50, 20, 50), FLOW),
    "vp-half": (trees(50, 20, 50, NOISE), VP),
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


def python(folder, name, split):
    """ForestFlow as its paper tells it: 50 levels, 100 copies, 100 trees a level, class and column."""
    stem = f"{name}-{split}"
    train, test = load(folder, stem + "-train"), load(folder, stem + "-test")
    random = np.random.default_rng(int(split))
    low, high = train[:, :-1].min(0), train[:, :-1].max(0)
    clean = 2 * (train[:, :-1] - low) / (high - low) - 1
    classes = np.unique(train[:, -1])
    start = time.process_time()
    models = {c: flow(clean[train[:, -1] == c], random) for c in classes}
    fit = time.process_time() - start
    with open(os.path.join(folder, f"{stem}-python.txt"), "w") as file:
        for g in range(GENERATIONS):
            start = time.process_time()
            label = random.choice(train[:, -1], len(train))
            drawn = np.empty_like(train)
            for c in classes:
                known = label == c
                drawn[known, :-1] = flown(models[c], random.normal(size=clean[known].shape))
            drawn[:, :-1] = low + (np.clip(drawn[:, :-1], -1, 1) + 1) / 2 * (high - low)
            drawn[:, -1] = label
            draw = time.process_time() - start
            np.savetxt(os.path.join(folder, f"{stem}-python-{g}.csv"), drawn, delimiter=",", fmt="%.17g")
            found = [w1(encoded(drawn, train), encoded(each, train)) for each in (train, test)]
            line = f"{stem},python,{g},{found[0]:.6f},{found[1]:.6f},{fit:.2f},{draw:.2f}"
            print(line, file=file, flush=True)
            print(line, flush=True)


TIMES = np.linspace(1e-3, 1, 50)


def flow(clean, random):
    """For every level, from noise on, a booster a column that tells the velocity."""
    settings = dict(max_depth=7, eta=0.3, reg_lambda=0, tree_method="hist", nthread=1)
    rows = np.tile(clean, (100, 1))
    noise = random.normal(size=rows.shape)
    models = []
    for t in TIMES:
        seen = t * rows + (1 - t) * noise
        models.append(
            [
                xgboost.train(settings, xgboost.DMatrix(seen, wanted, nthread=1), 100)
                for wanted in (rows - noise).T
            ]
        )
    return models


def flown(models, x):
    for level in models:
        seen = xgboost.DMatrix(x, nthread=1)
        x = x + np.column_stack([each.predict(seen) for each in level]) / (len(TIMES) - 1)
    return x


def w1(one, other):
    """Exact, as the linear programme that it is; by Java where there are many rows."""
    costs = cdist(one, other, "cityblock")
    n, m = costs.shape
    rows = sparse.kron(sparse.eye(n), np.ones((1, m)))
    columns = sparse.kron(np.ones((1, n)), sparse.eye(m))
    shares = np.concatenate([np.full(n, 1 / n), np.full(m, 1 / m)])
    return linprog(costs.ravel(), A_eq=sparse.vstack([rows, columns]), b_eq=shares).fun


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


def scores(folder, method, stem):
    """Coverage of the training and the test rows, and F1, of every generation; kept in a file."""
    kept = os.path.join(folder, f"{stem}-{method}.scores")
    rows = os.path.join(folder, f"{stem}-{method}.txt")
    if not os.path.exists(kept) or os.path.exists(rows) and newer(rows, kept):
        train, test = load(folder, stem + "-train"), load(folder, stem + "-test")
        found = []
        for g in range(1 if method == "oracle" else GENERATIONS):
            drawn = train if method == "oracle" else load(folder, f"{stem}-{method}-{g}")
            a, b, c = (encoded(each, train) for each in (drawn, train, test))
            found.append((coverage(b, a), coverage(c, a), f1(drawn, test, train)))
        np.savetxt(kept, found, delimiter=",")
    return np.loadtxt(kept, delimiter=",", ndmin=2)


def newer(one, other):
    return os.path.getmtime(one) > os.path.getmtime(other)


def distances(folder, method, stem):
    """Both distances and the seconds of fit and draw, of every generation."""
    if method == "oracle":
        train, test = load(folder, stem + "-train"), load(folder, stem + "-test")
        known = w1(encoded(train, train), encoded(test, train))
        return np.array([(0, known, np.nan, np.nan)])
    path = os.path.join(folder, f"{stem}-{method}.txt")
    return np.array([[float(each) for each in line.split(",")[3:]] for line in open(path)])


def measured(folder, method, name):
    """The mean of every figure over generations and splits, and how many splits there are."""
    found = []
    for split in range(3):
        stem = f"{name}-{split}"
        if method == "oracle" or os.path.exists(os.path.join(folder, f"{stem}-{method}.txt")):
            known = distances(folder, method, stem), scores(folder, method, stem)
            found.append(np.hstack([known[0][:, :2], known[1], known[0][:, 2:]]).mean(0))
    return np.mean(found, 0) if found else None, len(found)


def table(folder):
    for name in SETS:
        print(f"\n{name}\n")
        print("| method | W1 train | W1 test | coverage train | coverage test | F1 | fit s | draw s | splits |")
        print("|---|---|---|---|---|---|---|---|---|")
        for method in ["oracle", *METHODS, "python"]:
            mean, splits = measured(folder, method, name)
            if splits:
                cells = [f"{value:.3f}" for value in mean[:5]]
                cells += ["" if np.isnan(value) else f"{value:.2f}" for value in mean[5:]]
                print(f"| {method} | " + " | ".join(cells) + f" | {splits} |", flush=True)


if __name__ == "__main__":
    globals()[sys.argv[2]](sys.argv[1], *sys.argv[3:])
