#!/usr/bin/python3
"""Steps and evaluations of perceptrons with SiLU, side by side with peers, taking turns.

The peers are PyTorch, in this process, and libtorch, called through DJL from a Java process
(benchmarks/libtorch). Printed are the medians of the microseconds and of the ratios (peer over
Espalier: how many times faster Espalier is) with the least and the greatest ratio, and the
arithmetic of a product of large matrices that is reached: multiply-adds of the layers alone, over
the same for the faster peer's product of 2048 by 2048. With one thread the time is that of the
processor, which other work on the machine disturbs least; with more it is that of the clock.
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
parser.add_argument("--peers", default="pytorch", help="pytorch, libtorch, or pytorch,libtorch")
parser.add_argument("--java", default="java")
parser.add_argument("--classpath", default="benchmarks/target/classes:benchmarks/target/lib/*")
parser.add_argument(
    "--libtorch", default="benchmarks/libtorch/target/classes:benchmarks/libtorch/target/lib/*"
)
args = parser.parse_args()

PEERS = args.peers.split(",")
if "pytorch" in PEERS:
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
    peers, products = {}, []
    if "pytorch" in PEERS:
        torch.set_num_threads(args.threads)
        torch.manual_seed(1)
        peers["pytorch"] = torch_times
        products.append(torch_product())
    if "libtorch" in PEERS:
        libtorch = start_libtorch()
        peers["libtorch"] = lambda name: ask(libtorch, name)
        products.append(ask(libtorch, "product")[0])
    best = 2 * 2048**3 / min(products) / 1e3
    print(
        f"{args.threads} threads, {args.turns} turns, product of 2048 x 2048: {best:.0f} GFLOP/s",
        flush=True,
    )
    for name in args.cases:
        times = {who: [] for who in [*peers, *engines]}
        for _ in range(args.turns):
            for engine, java in engines.items():
                times[engine].append(ask(java, name))
            for peer, of in peers.items():
                times[peer].append(of(name))
        for k, what in enumerate(("step", "evaluation")):
            for who, found in times.items():
                us = statistics.median(t[k] for t in found)
                share = flops(name)[k] / us / 1e3 / best
                line = f"{name:7} {what:10} {who:8} {us:9.0f} us {share:5.0%} of the product"
                if who in peers:
                    print(line)
                    continue
                for peer in peers:
                    ratios = sorted(t[k] / o[k] for o, t in zip(found, times[peer]))
                    print(
                        f"{line}  {peer:8} ratio {statistics.median(ratios):5.2f}"
                        f"  ({ratios[0]:.2f} to {ratios[-1]:.2f})",
                        flush=True,
                    )
    for java in [*engines.values()] + ([libtorch] if "libtorch" in PEERS else []):
        java.stdin.close()
        java.wait()


if __name__ == "__main__":
    main()
