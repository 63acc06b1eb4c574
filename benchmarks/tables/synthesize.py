#!/usr/bin/python3
"""./espalier synthesize on seven tables within its budget, and verdicts on rows of known worth.

The tables are those of examples/data, and iris, wine and breast cancer as they come with
scikit-learn. For verdicts a table is cut into three random parts, shuffled with seed 3: training
rows, test rows, and rows that stand for drawn ones: the training rows again, the third part with
every column in an order of its own, and the third part as it is.
See benchmarks/README.md.

usage: synthesize.py [verdicts|times] [ESPALIER [TABLE...]]
"""

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

import numpy as np
from sklearn import datasets

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
WANTED = sys.argv[1] if len(sys.argv) > 1 else "times"
ESPALIER = sys.argv[2] if len(sys.argv) > 2 else os.path.join(ROOT, "espalier")
CLASSIC = dict(
    iris=datasets.load_iris, wine=datasets.load_wine, breast_cancer=datasets.load_breast_cancer
)
ONLY = sys.argv[3:]
KEPT = ["penguins", "diamonds_5k", "digits_8x8", "landsat7_nir_patches_8x8"]
EXTRA = {"landsat7_nir_patches_8x8": ["--grid", "8x8"]}


def tables():
    for table in every():
        if not ONLY or table[0] in ONLY:
            yield table


def every():
    for name, load in CLASSIC.items():
        data = load()
        names = ["x%d" % (j + 1) for j in range(data.data.shape[1])] + ["class"]
        words = ["class%d" % k for k in data.target]
        rows = [[repr(float(v)) for v in row] + [w] for row, w in zip(data.data, words)]
        yield name, names, rows
    for name in KEPT:
        with open(os.path.join(ROOT, "examples", "data", name + ".csv"), newline="") as file:
            lines = list(csv.reader(file))
        yield name, lines[0], lines[1:]


def write(path, names, rows):
    with open(path, "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(names)
        out.writerows(rows)


def run(*arguments):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.monotonic()
    done = subprocess.run([ESPALIER, *arguments, "--json"], capture_output=True, text=True)
    seconds = time.monotonic() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout), done.stderr, seconds, cpu


def verdicts(folder):
    print("| table | rows a part | copy of train | shuffled columns | real rows |")
    print("|---|---|---|---|---|")
    for name, names, rows in tables():
        random = np.random.RandomState(3)
        order = random.permutation(len(rows))
        size = min(250, len(rows) // 3)
        train, test, fresh = (
            [rows[i] for i in order[k * size : (k + 1) * size]] for k in range(3)
        )
        columns = [[row[j] for row in fresh] for j in range(len(names))]
        mixed = [[column[i] for i in random.permutation(size)] for column in columns]
        paths = {}
        for part, some in dict(
            train=train, test=test, copy=train, shuffled=list(zip(*mixed)), real=fresh
        ).items():
            paths[part] = os.path.join(folder, "%s-%s.csv" % (name, part))
            write(paths[part], names, some)
        found = []
        for part in ("copy", "shuffled", "real"):
            told, _, _, _ = run("evaluate", paths["test"], paths[part], "--train", paths["train"])
            found.append(told["verdict"]["kind"])
        print("| %s | %d | %s |" % (name, size, " | ".join(found)), flush=True)


def times(folder):
    print("| table | rows × columns | expected, s | took, s | of processors, s | verdict | model |")
    print("|---|---|---|---|---|---|---|")
    for name, names, rows in tables():
        path = os.path.join(folder, name + ".csv")
        write(path, names, rows)
        out = os.path.join(folder, name + "-out.csv")
        told, notes, seconds, cpu = run(
            "synthesize", path, "--out", out, "--seed", "0", *EXTRA.get(name, [])
        )
        expected = [line for line in notes.splitlines() if "on two cores" in line][-1]
        words = expected.split("about ")[1].split(" s on")[0]
        model = told["brief"]
        kind = told["evaluation"]["verdict"]["kind"]
        print(
            "| %s | %d × %d | %s | %.0f | %.0f | %s | `%s` |"
            % (name, len(rows), len(names), words, seconds, cpu, kind, model),
            flush=True,
        )


with tempfile.TemporaryDirectory() as place:
    {"verdicts": verdicts, "times": times}[WANTED](place)
