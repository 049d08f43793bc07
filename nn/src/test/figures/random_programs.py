"""Figures of random programs from PyTorch: outputs, gradients and, of every other program, second derivatives.

Usage: python3 random_programs.py [--seed 1] [--first 0] [--count 2000] > FILE
(needs Debian's python3-torch) writes one JSON object with one program a line. Program number i of a seed is the same
whatever --first and --count are.
"""

import argparse
import json
import random
import sys

import torch

sys.dont_write_bytecode = True

from program_matrices import ALGEBRA, MOVES
from program_operations import BINARY, ELEMENTWISE, LARGEST, REDUCTIONS, Unfit

OPERATIONS = {**ELEMENTWISE, **BINARY, **REDUCTIONS, **ALGEBRA, **MOVES}
NAMES = list(OPERATIONS)
COMMON = ("add", "sub", "mul", "div", "matmul", "transpose", "sum", "mean", "softmax", "tanh")
ELEMENTS = 36
NOISE = 1e-10
AMPLIFICATION = 1e4
# The second derivative of PyTorch 1.13's matrix_exp loses digits with the size of the gradient that arrives.
HUGE = 1e5


def tensor(rows):
    return torch.tensor(rows, dtype=torch.float64)


def numbers(rng, shape, digits=3):
    rows = [[round(rng.uniform(-2, 2), digits) for _ in range(shape[1])] for _ in range(shape[0])]
    return tensor(rows).reshape(tuple(shape))


def compute(op, inputs, attrs):
    # Some functions refuse a matrix whose elements do not lie in order.
    return OPERATIONS[op].function(*inputs, **attrs).contiguous()


class Node:
    """An input, or an operation with its inputs and attributes; and its value."""

    def __init__(self, value, grad=False, op=None, inputs=(), attrs=None):
        self.value, self.grad, self.op, self.inputs, self.attrs = value, grad, op, inputs, attrs
        self.used = False


class Builder:
    """Grows a program, one operation after the other, all of whose values are known."""

    def __init__(self, rng):
        self.rng, self.nodes = rng, []
        self.sizes = [rng.randint(1, 4), rng.randint(1, 4)]
        m, n = self.sizes
        kinds = [(1, 1), (1, n), (m, 1), (m, n), (m, n), (n, m), (n, n), (m, m)]
        kinds += [(0, n), (m, 0)] if rng.random() < 0.1 else []
        for _ in range(rng.randint(1, 4)):
            self.nodes.append(Node(numbers(rng, rng.choice(kinds)), grad=True))

    def apply(self, op, inputs, attrs=None):
        attrs = attrs or {}
        value = compute(op, (node.value for node in inputs), attrs)
        if value.numel() > ELEMENTS or value.numel() and not value.abs().max() <= LARGEST:
            raise Unfit
        for node in inputs:
            node.used = True
        self.nodes.append(Node(value, op=op, inputs=inputs, attrs=attrs))
        return self.nodes[-1]

    def constant(self, value):
        self.nodes.append(Node(value))
        return self.nodes[-1]

    def mask(self, shape):
        rows = [[float(self.rng.random() < 0.5) for _ in range(shape[1])] for _ in range(shape[0])]
        return self.constant(tensor(rows).reshape(tuple(shape)))

    def diagonal_constant(self, n):
        return self.constant(torch.eye(n, dtype=torch.float64) * self.rng.choice((1.0, 1.5, 2.0)))

    def meets(self, x, y):
        return all(a == b or 1 in (a, b) for a, b in zip(x.shape, y.shape))

    def within(self, low=-LARGEST, high=LARGEST, test=lambda x: True):
        """A node whose elements lie in a range and pass a test; if there is none, one that is brought there."""
        def fits(node):
            x = node.value
            return (x.numel() == 0 or x.min() >= low and x.max() <= high) and test(x)

        for attempt in range(6):
            nodes = [node for node in self.nodes if node.op or node.grad]
            if self.rng.random() < 0.6:
                nodes = [node for node in nodes if not node.used] or nodes
            node = self.rng.choice(nodes)
            if fits(node):
                return node
            if attempt % 2:
                node = self.bring(node, low, high)
                if fits(node):
                    return node
        nodes = [node for node in self.nodes if (node.op or node.grad) and fits(node)]
        if not nodes:
            raise Unfit
        return self.rng.choice(nodes)

    def bring(self, node, low, high):
        if low > -LARGEST and high < LARGEST:
            half = round((high - low) * 0.45, 3)
            node = self.apply("mul_scalar", [self.apply("tanh", [node])], {"value": half})
            middle = round((high + low) / 2, 3)
            return self.apply("add_scalar", [node], {"value": middle}) if middle else node
        if low > -LARGEST:
            op = self.rng.choice(("softplus", "square", "sigmoid"))
            node = self.apply(op, [node], {"beta": 1.0, "threshold": 20.0} if op == "softplus" else {})
            return self.apply("add_scalar", [node], {"value": round(low + self.rng.uniform(0.05, 1), 3)})
        return self.apply("add_scalar", [node], {"value": round(self.rng.uniform(-1, 1), 3)})

    def regular(self):
        """A square matrix that is far from singular."""
        def is_regular(x):
            return x.shape[0] == x.shape[1] > 0 and float(torch.linalg.svdvals(x).min()) > 0.3

        x = self.within(-20, 20, lambda x: x.shape[0] == x.shape[1] > 0)
        if is_regular(x.value) and self.rng.random() < 0.7:
            return x
        x = self.apply("add", [x, self.diagonal_constant(x.value.shape[0])])
        if not is_regular(x.value):
            raise Unfit
        return x

    def step(self, op):
        before = len(self.nodes)
        used = [node.used for node in self.nodes]
        try:
            inputs, attrs = OPERATIONS[op].arguments(self)
            self.apply(op, inputs, attrs)
        except (Unfit, RuntimeError, IndexError):
            # PyTorch refuses what it has no value for, as the largest element of an empty matrix.
            del self.nodes[before:]
            for node, was in zip(self.nodes, used):
                node.used = was


def needed(outputs):
    """Everything that some nodes are computed from."""
    found, open_nodes = set(), list(outputs)
    while open_nodes:
        node = open_nodes.pop()
        if node not in found:
            found.add(node)
            open_nodes.extend(node.inputs)
    return found


def build(rng, number):
    """Nodes in order and outputs that use most of them; the number decides which operations are met for certain."""
    b = Builder(rng)
    length = rng.randint(6, 24)
    wanted = [NAMES[(3 * number + i) % len(NAMES)] for i in range(3)]
    for _ in range(60):
        b.step(rng.choice(rng.choices((wanted, COMMON, NAMES), (3, 1, 6))[0]))
        if sum(1 for node in b.nodes if node.op) >= length:
            break
    for node in [node for node in b.nodes if node.op and not node.used and node.value.numel() == 0]:
        b.apply(rng.choice(("sum", "prod")), [node], {"dim": None})
    outputs, covered = [], set()
    for _ in range(3):
        sinks = [n for n in b.nodes if n.op and not n.used and n not in covered]
        if sinks:
            best = max(sinks, key=lambda n: len(needed([n]) - covered))
            outputs.append(best)
            covered |= needed([best])
    nodes = [n for n in b.nodes if n.grad or n in covered]
    return [n for n in nodes if not n.op] + [n for n in nodes if n.op], outputs


def run(nodes, outputs, upstreams, directions, noise=None):
    """Output values, gradients and second derivatives, as lists of tensors; noise goes into every value."""
    def blurred(x):
        if noise is None or x.numel() == 0:
            return x
        return x + (torch.rand(x.shape, generator=noise, dtype=x.dtype) * 2 - 1) * NOISE * x.detach().abs().max()

    values = {}
    leaves = []
    for node in nodes:
        if node.op:
            value = blurred(compute(node.op, (values[n] for n in node.inputs), node.attrs))
        elif node.grad:
            value = blurred(node.value).clone().requires_grad_()
            leaves.append(value)
        else:
            value = node.value
        values[node] = value
    results = [values[node] for node in outputs]
    loss = sum((result * upstream).sum() for result, upstream in zip(results, upstreams))
    if not loss.requires_grad:
        raise Unfit
    gradients = derivative(loss, leaves, directions is not None)
    second = None
    if directions is not None:
        along = sum((g * v).sum() for g, v in zip(gradients, directions))
        squares = sum((g * g).sum() for g in gradients)
        second = derivative(along, leaves, True), squares.reshape(1, 1), derivative(squares, leaves)
    return results, loss, gradients, second


def derivative(y, leaves, differentiable=False):
    if not y.requires_grad:
        return [torch.zeros_like(x) for x in leaves]
    found = torch.autograd.grad(y, leaves, create_graph=differentiable, retain_graph=True, allow_unused=True)
    return [torch.zeros_like(x) if g is None else g + torch.zeros_like(x) for x, g in zip(leaves, found)]


def sound(exact, blurred):
    """Whether all figures are finite, not huge, and react to noise by a bounded factor."""
    def close(a, b, scale=1.0):
        return bool(((a.abs() <= HUGE) & ((a - b).abs() <= AMPLIFICATION * NOISE * (a.abs() + 0.01 * scale))).all())

    first = zip([*exact[0], exact[1], *exact[2]], [*blurred[0], blurred[1], *blurred[2]])
    if not all(close(a, b) for a, b in first):
        return False
    if exact[3] is None:
        return True
    pairs = zip([*exact[3][0], exact[3][1], *exact[3][2]], [*blurred[3][0], blurred[3][1], *blurred[3][2]])
    return all(close(a, b, max(1.0, float(a.abs().max())) if a.numel() else 1.0) for a, b in pairs)


def program(seed, number):
    """The program of a number as what JSON can say."""
    rng = random.Random(seed * 1_000_003 + number)
    while True:
        nodes, outputs = build(rng, number)
        count = sum(1 for node in nodes if node.op)
        if not 5 <= count <= 25:
            continue
        leaves = [node for node in nodes if node.grad]
        upstreams = [numbers(rng, node.value.shape, 2) for node in outputs]
        directions = [numbers(rng, node.value.shape, 2) for node in leaves] if number % 2 else None
        try:
            exact = run(nodes, outputs, upstreams, directions)
            noise = torch.Generator().manual_seed(rng.randrange(2**31))
            if not sound(exact, run(nodes, outputs, upstreams, directions, noise)):
                continue
        except Unfit:
            continue
        return described(f"random/{seed}/{number}", nodes, outputs, upstreams, directions, exact)


def described(name, nodes, outputs, upstreams, directions, figures):
    place = {node: i for i, node in enumerate(nodes)}
    results, loss, gradients, second = figures

    def rows(x):
        return x.detach().tolist()

    def given(node):
        entry = {"name": f"x{place[node]}", "value": rows(node.value)}
        if node.value.shape[0] == 0:
            entry["shape"] = list(node.value.shape)
        return entry if node.grad else {**entry, "grad": False}

    def per_leaf(tensors, skip_empty=False):
        found = iter(tensors)
        every = [next(found) if node.grad else None for node in nodes if not node.op]
        return [None if x is None or skip_empty and x.numel() == 0 else rows(x) for x in every]

    line = {
        "id": name,
        "inputs": [given(node) for node in nodes if not node.op],
        "program": [{"op": node.op, "in": [place[i] for i in node.inputs], "attrs": node.attrs}
                    for node in nodes if node.op],
        "outputs": [place[node] for node in outputs],
        "grad_outputs": [rows(x) for x in upstreams],
        "output_values": [rows(x) for x in results],
        "loss": float(loss),
        "grads": per_leaf(gradients),
    }
    if second:
        line["second"] = {"v": per_leaf(directions, True), "hvp": per_leaf(second[0], True),
                          "sumsq": float(second[1]), "grad_sumsq": per_leaf(second[2], True)}
    return line


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=2000)
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    head = {"format": "autodiff-reference/1", "kind": "program",
            "source": f"PyTorch {torch.__version__}, CPU, float64, one thread; random_programs.py --seed {chosen.seed}"
                      f" --first {chosen.first} --count {chosen.count}",
            "rtol": 1e-8, "atol": 1e-10, "count": chosen.count}
    print(json.dumps(head, separators=(",", ":"))[:-1] + ',"cases":[')
    for i in range(chosen.count):
        line = json.dumps(program(chosen.seed, chosen.first + i), separators=(",", ":"), allow_nan=False)
        print(line + ("," if i < chosen.count - 1 else ""))
    print("]}")


if __name__ == "__main__":
    main()
