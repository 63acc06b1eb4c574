#!/usr/bin/python3
"""Steps and evaluations of perceptrons with SiLU, side by side with a peer, taking turns.

The peer is PyTorch, in this process, or libtorch, called through DJL from a Java process
(benchmarks/libtorch). Printed are the medians of the microseconds and of the ratios (peer over
Espalier: how many times faster Espalier is) with the least and the greatest ratio, and the
arithmetic of a product of large matrices that is reached: multiply-adds of the layers alone, over
the same for the peer's product of 2048 by 2048. With one thread the time is that of the processor,
which other work on the machine disturbs least; with more it is that of the clock.
See docs/benchmarks/network.md.
"""

import argparse
import os
import statistics
import subprocess
import time

CASES = {
    "small": (1, 8, [64, 64], 8, 128),
    "mid": (1, 64, [256] * 3, 64, 512),
    "big": (1, 256, [512] * 3, 256, 1024),
    "loc64": (64, 11, [64, 64], 1, 256),
    "loc256": (256, 11, [64, 64], 1, 256),
}
ROUNDS = 3
SECONDS = 0.2
FLAGS = {"vector": ["--add-modules", "jdk.incubator.vector"]}

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("cases", nargs="*", default=list(CASES))
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--turns", type=int, default=3)
parser.add_argument("--engines", default="plain,vector,native")
parser.add_argument("--peer", choices=["pytorch", "libtorch"], default="pytorch")
parser.add_argument("--java", default="java")
parser.add_argument("--classpath", default="benchmarks/target/classes:benchmarks/target/lib/*")
parser.add_argument(
    "--libtorch", default="benchmarks/libtorch/target/classes:benchmarks/libtorch/target/lib/*"
)
args = parser.parse_args()

if args.peer == "pytorch":
    import torch


def network(groups, inputs, hidden, outputs):
    """Parameters: W and c a layer; batched over groups where there are several."""
    parameters = []
    widths = [inputs, *hidden, outputs]
    for before, after in zip(widths, widths[1:]):
        w = torch.randn(groups, before, after) / before**0.5
        c = torch.zeros(groups, 1, after)
        if groups == 1:
            w, c = w[0], c[0]
        parameters += [w.requires_grad_(), c.requires_grad_()]
    return parameters


def forward(parameters, x):
    grouped = x.dim() == 3
    for i in range(0, len(parameters), 2):
        w, c = parameters[i], parameters[i + 1]
        x = torch.baddbmm(c, x, w) if grouped else torch.addmm(c[0], x, w)
        if i + 2 < len(parameters):
            x = torch.nn.functional.silu(x)
    return x


def timed(work):
    clock = time.process_time if args.threads == 1 else time.perf_counter
    work()
    start = clock()
    work()
    count = max(1, int(SECONDS / max(1e-6, clock() - start)))
    best = float("inf")
    for _ in range(ROUNDS):
        start = clock()
        for _ in range(count):
            work()
        best = min(best, (clock() - start) / count)
    return best * 1e6


def torch_times(name):
    groups, inputs, hidden, outputs, rows = CASES[name]
    parameters = network(groups, inputs, hidden, outputs)
    shape = (groups,) if groups > 1 else ()
    x = torch.randn(*shape, rows, inputs)
    y = torch.randn(*shape, rows, outputs)
    z = torch.randn(*shape, 1000, inputs)
    adam = torch.optim.Adam(parameters, lr=1e-3)

    def step():
        adam.zero_grad(set_to_none=True)
        loss = ((forward(parameters, x) - y) ** 2).mean(dim=(-2, -1)).sum()
        loss.backward()
        adam.step()

    def evaluate():
        with torch.no_grad():
            forward(parameters, z)

    return timed(step), timed(evaluate)


def start(*command):
    """A Java process that answers with times."""
    return subprocess.Popen(
        [args.java, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        # DJL counts its users otherwise.
        env={**os.environ, "OPT_OUT_TRACKING": "true"},
    )


def start_engine(engine):
    name = "dev.espalier.estimators.network.EngineBenchmark"
    return start(*FLAGS.get(engine, []), "-cp", args.classpath, name, str(args.threads), engine)


def start_libtorch():
    name = "dev.espalier.benchmarks.libtorch.LibtorchBenchmark"
    return start("-cp", args.libtorch, name, str(args.threads))


def ask(java, name):
    java.stdin.write(name + "\n")
    java.stdin.flush()
    return [float(each) for each in java.stdout.readline().split()]


def flops(name):
    """Of a step (forward, and two products back) and of an evaluation, in the layers alone."""
    groups, inputs, hidden, outputs, rows = CASES[name]
    widths = [inputs, *hidden, outputs]
    weights = groups * sum(a * b for a, b in zip(widths, widths[1:]))
    return 6 * weights * rows - 2 * groups * inputs * hidden[0] * rows, 2 * weights * 1000


def torch_product():
    a, b = torch.randn(2048, 2048), torch.randn(2048, 2048)
    return timed(lambda: torch.mm(a, b))


def main():
    engines = {engine: start_engine(engine) for engine in args.engines.split(",")}
    if args.peer == "pytorch":
        torch.set_num_threads(args.threads)
        torch.manual_seed(1)
        peer_times, product = torch_times, torch_product()
    else:
        peer = start_libtorch()
        peer_times, product = lambda name: ask(peer, name), ask(peer, "product")[0]
    best = 2 * 2048**3 / product / 1e3
    print(
        f"{args.peer}, {args.threads} threads, {args.turns} turns,"
        f" product of 2048 x 2048: {best:.0f} GFLOP/s",
        flush=True,
    )
    for name in args.cases:
        ours, theirs = {engine: [] for engine in engines}, []
        for _ in range(args.turns):
            for engine, java in engines.items():
                ours[engine].append(ask(java, name))
            theirs.append(peer_times(name))
        for k, what in enumerate(("step", "evaluation")):
            peer_us = statistics.median(t[k] for t in theirs)
            share = flops(name)[k] / peer_us / 1e3 / best
            print(f"{name:7} {what:10} {args.peer:8} {peer_us:9.0f} us {share:5.0%} of the product")
            for engine in engines:
                us = statistics.median(o[k] for o in ours[engine])
                share = flops(name)[k] / us / 1e3 / best
                ratios = sorted(t[k] / o[k] for o, t in zip(ours[engine], theirs))
                print(
                    f"{name:7} {what:10} {engine:8} {us:9.0f} us {share:5.0%} of the product"
                    f"  ratio {statistics.median(ratios):5.2f}"
                    f"  ({ratios[0]:.2f} to {ratios[-1]:.2f})",
                    flush=True,
                )
    for java in [*engines.values()] + ([] if args.peer == "pytorch" else [peer]):
        java.stdin.close()
        java.wait()


if __name__ == "__main__":
    main()
