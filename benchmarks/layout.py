"""How fast the graph layout is, how many lines cross in comparison with Graphviz, and that nothing moves while a graph grows.

    python benchmarks/layout.py            # everything, about a minute
    python benchmarks/layout.py --no-dot   # only the times

Times are processor seconds, the best of three runs of `layout(graph)` with its default folding. Crossings are counted in one and the same layered
graph: every item and every bend of a long line is a node in a fixed column, for us and for `dot`, so only the order within the
columns differs. Lines count as straight.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from dezero_lab.graph import Graph, LivePlacement, layout
from dezero_lab.graph.drawing import draw
from dezero_lab.graph.lattice import Lattice
from dezero_lab.graph.order import Work, count_crossings, reduce_crossings

SIZES = (20, 100, 200, 700, 2_000, 10_000)
DOT_SECONDS = 10


def define_by_run(nodes: int, seed: int = 0) -> Graph:
    choose = random.Random(seed)
    g = Graph()
    values = ["x0", "x1", "x2"]
    while len(g) < nodes:
        k = len(g.calls) + 1
        inputs = [choose.choice(values[-8:]) for _ in range(choose.choice([1, 1, 2, 2]))]
        g.add_function(f"f{k}", choose.choice(["Add", "Mul", "Sin", "MatMul"]), inputs, [f"v{k}"])
        values.append(f"v{k}")
    return g


def anywhere(nodes: int) -> Graph:
    """The worst case: arguments from anywhere in the past, so no cut is narrow and no line is short."""
    choose = random.Random(0)
    g = Graph()
    values = ["x0", "x1"]
    while len(g) < nodes:
        k = len(g.calls)
        g.add_function(f"f{k}", choose.choice(["Add", "Mul", "Sin"]), choose.choices(values, k=3), [f"v{k}"])
        values.append(f"v{k}")
    return g


def mlp(nodes: int) -> Graph:
    g = Graph()
    h, k = "x", 0
    while len(g) < nodes:
        k += 1
        g.add_function(f"m{k}", "MatMul", [h, f"W{k}"], [f"p{k}"])
        g.add_function(f"b{k}", "Add", [f"p{k}", f"b{k}_"], [f"s{k}"])
        g.add_function(f"r{k}", "ReLU", [f"s{k}"], [f"h{k}"])
        h = f"h{k}"
    g.add_function("loss", "MeanSquaredError", [h, "t"], ["L"])
    return g


def recurrent(nodes: int) -> Graph:
    """Three parameters shared by all time steps."""
    g = Graph()
    h, k = "h0", 0
    while len(g) < nodes:
        k += 1
        g.add_function(f"x{k}h", "MatMul", [f"x{k}", "Wx"], [f"p{k}"])
        g.add_function(f"h{k}h", "MatMul", [h, "Wh"], [f"q{k}"])
        g.add_function(f"a{k}", "Add", [f"p{k}", f"q{k}"], [f"s{k}"])
        g.add_function(f"b{k}", "Add", [f"s{k}", "b"], [f"u{k}"])
        g.add_function(f"t{k}", "Tanh", [f"u{k}"], [f"h{k}"])
        h = f"h{k}"
    return g


@dataclass
class Scribble:
    """A throwaway tape without numbers: just enough to differentiate tanh again and again."""

    graph: Graph = field(default_factory=Graph)
    made: dict[str, tuple[str, list[str]]] = field(default_factory=dict)

    def call(self, label: str, *inputs: str) -> str:
        out = f"v{len(self.made)}"
        self.graph.add_function(f"f{len(self.made)}", label, inputs, [out])
        self.made[out] = label, list(inputs)
        return out

    def constant(self, label: str) -> str:
        return self.graph.add_variable(f"c{len(self.graph)}", label)

    def derivative(self, y: str, x: str) -> str:
        """The gradient of `y` in `x`, by a backward pass that is recorded as well."""
        grads = {y: self.constant("1")}
        needed = self.ancestors(y)
        for v in [v for v in reversed(list(self.made)) if v in needed]:
            label, inputs = self.made[v]
            if v not in grads:
                continue
            gy = grads[v]
            if label == "Tanh":
                square = self.call("Mul", v, v)
                gxs = [self.call("Mul", gy, self.call("Sub", self.constant("1"), square))]
            elif label == "Mul":
                gxs = [self.call("Mul", gy, inputs[1]), self.call("Mul", gy, inputs[0])]
            else:
                gxs = [gy, gy if label == "Add" else self.call("Neg", gy)][: len(inputs)]
                gxs = [self.call("Neg", gy)] if label == "Neg" else gxs
            for v_in, gx in zip(inputs, gxs, strict=True):
                if v_in in self.made or v_in == x:
                    grads[v_in] = self.call("Add", grads[v_in], gx) if v_in in grads else gx
        return grads[x]

    def ancestors(self, y: str) -> set[str]:
        found, waiting = set(), [y]
        while waiting:
            v = waiting.pop()
            if v in self.made and v not in found:
                found.add(v)
                waiting += self.made[v][1]
        return found


def tanh(order: int) -> Graph:
    """The graph of the derivative of `order` of tanh: what one sees after walking back from it."""
    tape = Scribble()
    tape.graph.add_variable("x")
    y = tape.call("Tanh", "x")
    for _ in range(order):
        y = tape.derivative(y, "x")
    keep = tape.ancestors(y)
    g = Graph()
    for k, (v, (label, inputs)) in enumerate(tape.made.items()):
        if v in keep:
            for name in inputs:
                g.add_variable(name, tape.graph.nodes[name].label)
            g.add_function(f"f{k}", label, inputs, [v])
    return g


def best_of_three(work: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def our_crossings(g: Graph) -> tuple[Lattice, int]:
    lattice = Lattice(draw(g, {}))
    return lattice, reduce_crossings(lattice.layers, lattice.left, lattice.right, Work(1_000_000))


def dot_crossings(lattice: Lattice) -> int | None:
    """What `dot` makes of the same columns; None if it takes longer than ten seconds."""
    lines = [
        'digraph g{rankdir=LR;splines=false;node[shape=box,width=.2,height=.2,fixedsize=true,label=""];edge[arrowhead=none];'
    ]
    lines += [f"{{rank=same;{';'.join(map(str, sorted(layer)))}}}" for layer in lattice.layers if layer]
    lines += [f"{a}->{b};" for a, ends in enumerate(lattice.right) for b in ends]
    try:
        done = subprocess.run(
            ["dot", "-Tplain"],
            input="\n".join([*lines, "}"]),
            capture_output=True,
            text=True,
            check=True,
            timeout=DOT_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return None
    place = {}
    for line in done.stdout.split("\n"):
        words = line.split()
        if words and words[0] == "node":
            place[int(words[1])] = float(words[2]), float(words[3])
    layers = [sorted(layer, key=lambda item: place[item][1]) for layer in lattice.layers]
    for layer in layers:
        assert len({place[item][0] for item in layer}) <= 1, "dot did not keep the columns"
    return count_crossings(layers, lattice.right)


def moves_while_growing(g: Graph) -> tuple[int, int]:
    """How many steps a growing graph takes, and how often a placed node was somewhere else a step later."""
    live = LivePlacement()
    seen: dict[str, tuple[float, float]] = {}
    steps = moves = 0
    for call in g.calls:
        live.add_function(call, g.nodes[call].label, [edge.source for edge in g.inputs[call]])
        for edge in g.outputs[call]:
            live.add_variable(edge.target, g.nodes[edge.target].label, creator=call, slot=edge.slot)
        steps += 1
        for node in live.scene().nodes:
            moves += seen.setdefault(node.id, (node.x, node.y)) != (node.x, node.y)
    return steps, moves


def print_times() -> None:
    print(f"{'graph':<18}{'nodes':>7}{'drawn':>7}{'groups':>8}{'ms':>9}")
    families = {
        "define-by-run": define_by_run,
        "mlp": mlp,
        "recurrent, shared": recurrent,
        "anywhere": anywhere,
    }
    graphs = [(name, build(size)) for name, build in families.items() for size in SIZES]
    graphs += [(f"tanh, derivative {order}", tanh(order)) for order in (1, 2, 4, 5, 6, 7, 8)]
    for name, g in graphs:
        scene = layout(g)
        seconds = best_of_three(lambda g=g: layout(g))
        print(
            f"{name:<18}{len(g):>7}{len(scene.nodes):>7}{len(scene.groups):>8}{1000 * seconds:>9.1f}",
            flush=True,
        )


def print_crossings() -> None:
    graphs = [
        (f"define-by-run {size} #{seed}", define_by_run(size, seed))
        for size in (20, 60, 200)
        for seed in range(5)
    ]
    graphs += [(f"tanh, derivative {order}", tanh(order)) for order in (1, 2, 3, 4, 5)]
    graphs += [("mlp 100", mlp(100)), ("recurrent 40", recurrent(40)), ("recurrent 100", recurrent(100))]
    print(f"\n{'crossings':<24}{'ours':>7}{'dot':>7}{'ratio':>8}")
    ratios = []
    for name, g in graphs:
        lattice, ours = our_crossings(g)
        theirs = dot_crossings(lattice)
        if theirs is None:
            print(f"{name:<24}{ours:>7}   dot stopped after {DOT_SECONDS} s", flush=True)
            continue
        ratio = ours / theirs if theirs else (1.0 if not ours else float("inf"))
        ratios.append(ratio)
        print(f"{name:<24}{ours:>7}{theirs:>7}{ratio:>8.2f}", flush=True)
    print(f"median ratio {statistics.median(ratios):.2f} over {len(ratios)} graphs (goal: at most 1.20)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--no-dot", action="store_true", help="do not compare crossings with Graphviz")
    arguments = parser.parse_args()
    print_times()
    if not arguments.no_dot and shutil.which("dot"):
        print_crossings()
    steps, moves = moves_while_growing(define_by_run(400))
    print(f"\nlive growth: {steps} steps, {moves} moves of placed nodes")


if __name__ == "__main__":
    main()
