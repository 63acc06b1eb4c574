#!/usr/bin/python3
"""One mixture a class on iris, wine and breast cancer, by exact W1 to training and test rows.

The rows come with scikit-learn; they are split here and handed on as files in a temporary folder.
See benchmarks/README.md.
"""

import os
import subprocess
import sys
import tempfile

import numpy as np
from sklearn import datasets
from sklearn.model_selection import train_test_split

sets = dict(
    iris=datasets.load_iris, wine=datasets.load_wine, breast_cancer=datasets.load_breast_cancer
)
java = sys.argv[1] if len(sys.argv) > 1 else "java"
with tempfile.TemporaryDirectory() as folder:
    for name, load in sets.items():
        x, y = load(return_X_y=True)
        rows = np.column_stack([x, y])
        for split in range(3):
            parts = train_test_split(rows, test_size=0.2, random_state=split, stratify=y)
            for part, values in zip(("train", "test"), parts):
                path = os.path.join(folder, f"{name}-{split}-{part}.csv")
                np.savetxt(path, values, delimiter=",", fmt="%.17g")
    target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "target")
    path = os.path.join(target, "classes") + os.pathsep + os.path.join(target, "lib", "*")
    command = [java, "-cp", path, "dev.espalier.plugins.gmm.ClasswiseMixtures", folder]
    sys.exit(subprocess.run(command + list(sets)).returncode)
