#!/usr/bin/python3
"""What two threads of one process reach, beside two processes of one thread each.

A localized network is trained, and rows are drawn from it. In every turn one process does the work
on two threads; then two other processes do the same work on one thread each, at the same time. The
share is the speed of the first over the sum of the speeds of the others: the median, the least and
the greatest. See docs/benchmarks/network.md.
"""

import argparse
import os
import statistics
import subprocess

NAME = "dev.espalier.runtime.ThreadsBenchmark"

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--turns", type=int, default=5)
parser.add_argument("--java", default="java")
parser.add_argument("--classpath", default="benchmarks/target/classes:benchmarks/target/lib/*")
args = parser.parse_args()


def start(threads):
    # The collector that runs in the thread that allocates leaves the other core alone.
    command = [args.java, "-XX:+UseSerialGC", "-cp", args.classpath, NAME, str(threads)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def ask(processes, work):
    for java in processes:
        java.stdin.write(work + "\n")
        java.stdin.flush()
    return [float(java.stdout.readline()) for java in processes]


both, apart = [start(2)], [start(1), start(1)]
for work in ("training", "drawing"):
    for processes in (both, apart):
        ask(processes, work)
    shares, seconds = [], []
    for _ in range(args.turns):
        one = ask(both, work)[0]
        two = ask(apart, work)
        seconds.append((one, *two))
        shares.append(1 / one / sum(1 / each for each in two))
    print(
        f"{work}: two threads reach {statistics.median(shares):.2f}"
        f" (from {min(shares):.2f} to {max(shares):.2f} in {args.turns} turns) of two processes;"
        f" seconds {statistics.median(s[0] for s in seconds):.2f}, alone beside each other"
        f" {statistics.median(s[1] for s in seconds):.2f}"
        f" and {statistics.median(s[2] for s in seconds):.2f}",
        flush=True,
    )
for java in both + apart:
    java.stdin.close()
    java.wait()
