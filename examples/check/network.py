"""A network of two layers with its gradient by hand, in NumPy, for `check --process "python3 network.py"`.

With the argument "wrong", the gradient of w2 is transposed: w2 is square, so nothing complains.
"""
import sys

import numpy as np

random = np.random.default_rng(1)
x = random.normal(size=(8, 3))
labels = np.arange(8) % 4
shapes = {"w1": (3, 4), "b1": (1, 4), "w2": (4, 4), "b2": (1, 4)}
start = np.concatenate([random.normal(size=rows * columns) for rows, columns in shapes.values()])
wrong = sys.argv[1:] == ["wrong"]


def loss_and_gradient(p):
    parts, at = [], 0
    for rows, columns in shapes.values():
        parts.append(p[at:at + rows * columns].reshape(rows, columns))
        at += rows * columns
    w1, b1, w2, b2 = parts

    h = np.tanh(x @ w1 + b1)
    z = h @ w2 + b2
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    rows = np.arange(len(x))
    loss = -log_p[rows, labels].mean()

    dz = np.exp(log_p)
    dz[rows, labels] -= 1
    dz /= len(x)
    da = dz @ w2.T * (1 - h * h)
    dw2 = dz.T @ h if wrong else h.T @ dz
    gradient = [x.T @ da, da.sum(axis=0), dw2, dz.sum(axis=0)]
    return loss, np.concatenate([g.ravel() for g in gradient])


# The protocol: a line in, a line out.
def text(numbers):
    return " ".join(repr(float(number)) for number in numbers)


for line in sys.stdin:
    request, *numbers = line.split()
    if request == "quit":
        break
    if request == "describe":
        print("protocol 1")
        at = 0
        for name, (rows, columns) in shapes.items():
            print("parameter", name, rows, columns, text(start[at:at + rows * columns]))
            at += rows * columns
        print("end", flush=True)
        continue
    loss, gradient = loss_and_gradient(np.array(numbers, dtype=float))
    answer = "value " + repr(float(loss))
    print(answer + " gradient " + text(gradient) if request == "gradient" else answer, flush=True)
