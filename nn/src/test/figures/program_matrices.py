"""The operations of random programs that are linear algebra or move elements."""

import torch
import torch.nn.functional as F

from program_operations import LARGEST, Operation, Unfit, distinct


def choose(function, test=lambda x: True, low=-LARGEST, high=LARGEST, attributes=lambda rng, x: {}):
    """An operation of one matrix, whose attributes may depend on its shape."""

    def arguments(b):
        node = b.within(low, high, test)
        return [node], attributes(b.rng, node.value)

    return Operation(function, arguments)


# ---- linear algebra --------------------------------------------------------------------------------------------------


def product_arguments(b):
    x = b.within(-7, 7)
    return [x, b.within(-7, 7, lambda y: y.shape[0] == x.value.shape[1])], {}


def addmm_arguments(b):
    (x, y), _ = product_arguments(b)
    shape = (x.value.shape[0], y.value.shape[1])
    c = b.within(test=lambda c: all(have in (1, want) for have, want in zip(c.shape, shape)))
    return [c, x, y], {"beta": b.rng.choice((1.0, 0.5)), "alpha": b.rng.choice((1.0, -2.0))}


def is_vector(x):
    return 1 in x.shape and 0 < x.numel() <= 5


def two_vectors(b):
    return [b.within(-7, 7, is_vector), b.within(-7, 7, is_vector)], {}


def two_small(b):
    x = b.within(-7, 7, lambda x: 0 < x.numel() <= 6)
    return [x, b.within(-7, 7, lambda y: 0 < y.numel() * x.value.numel() <= 36)], {}


def of_square(function, **choices):
    """An operation of a well-conditioned square matrix."""
    return Operation(function, lambda b: ([b.regular()], {n: b.rng.choice(values) for n, values in choices.items()}))


def solve_arguments(b):
    a = b.regular()
    return [a, b.within(-7, 7, lambda y: y.shape[0] == a.value.shape[0])], {}


def triangular_arguments(b):
    (a, y), _ = solve_arguments(b)
    if float(a.value.diagonal().abs().min()) < 0.3:
        raise Unfit
    return [a, y], {"upper": b.rng.random() < 0.5, "unitriangular": b.rng.random() < 0.4}


def solve_triangular(a, y, upper, unitriangular):
    return torch.linalg.solve_triangular(a, y, upper=upper, unitriangular=unitriangular)


def positive_definite(b):
    x = b.within(-3, 3, lambda x: 0 < x.shape[0] <= 4)
    return b.apply("add", [b.apply("self_matmul", [x]), b.diagonal_constant(x.value.shape[0])])


def cholesky_gram(x, c):
    return torch.linalg.cholesky(x @ x.T + c * torch.eye(x.shape[0], dtype=x.dtype))


def full_rank(x):
    return x.numel() > 0 and float(torch.linalg.svdvals(x).min()) > 0.4


def has_diagonal(x):
    return min(x.shape) > 0


ALGEBRA = {
    "matmul": Operation(torch.matmul, product_arguments),
    "self_matmul": choose(lambda x: x @ x.T, low=-7, high=7),
    "transpose": choose(lambda x: x.T),
    "addmm": Operation(lambda c, x, y, beta, alpha: beta * c + alpha * (x @ y), addmm_arguments),
    "trace": choose(lambda x: x.diagonal().sum().reshape(1, 1), test=lambda x: x.numel() > 1),
    "diagonal": choose(lambda x, offset: x.diagonal(offset).reshape(-1, 1), has_diagonal,
                       attributes=lambda rng, x: {"offset": rng.randint(1 - x.shape[0], x.shape[1] - 1)}),
    "diag_embed": choose(lambda x, offset: torch.diag_embed(x.reshape(-1), offset), is_vector,
                         attributes=lambda rng, x: {"offset": rng.randint(-1, 1)}),
    "outer": Operation(lambda x, y: torch.outer(x.reshape(-1), y.reshape(-1)), two_vectors),
    "kron": Operation(torch.kron, two_small),
    "inv": of_square(torch.linalg.inv),
    "det": of_square(lambda x: torch.linalg.det(x).reshape(1, 1)),
    "slogdet": of_square(lambda x: torch.linalg.slogdet(x)[1].reshape(1, 1)),
    "matrix_power": of_square(lambda x, n: torch.linalg.matrix_power(x, n), n=(-2, -1, 0, 1, 2, 3)),
    "pinv": choose(torch.linalg.pinv, full_rank),
    "matrix_exp": choose(torch.matrix_exp, lambda x: x.shape[0] == x.shape[1] > 0, -1.5, 1.5),
    "solve": Operation(torch.linalg.solve, solve_arguments),
    "solve_triangular": Operation(solve_triangular, triangular_arguments),
    "cholesky": Operation(torch.linalg.cholesky, lambda b: ([positive_definite(b)], {})),
    "cholesky_gram": choose(cholesky_gram, lambda x: 0 < x.shape[0] <= 4, -3, 3,
                            attributes=lambda rng, x: {"c": rng.choice((0.5, 1.0))}),
}


# ---- moves -----------------------------------------------------------------------------------------------------------


def shapes(n):
    return [[r, n // r] for r in range(1, n + 1) if n % r == 0]


def larger(rng, x):
    return {"shape": [rng.randint(1, 4) if n == 1 else n for n in x.shape]}


def some_places(rng, x):
    dim = rng.randrange(2)
    count = 0 if rng.random() < 0.1 else rng.randint(1, 4)
    return {"dim": dim, "index": [rng.randrange(x.shape[dim]) for _ in range(count)]}


def places(rng, x, dim, rows, columns):
    return [[rng.randrange(x.shape[dim]) for _ in range(columns)] for _ in range(rows)]


def gather_attributes(rng, x):
    dim = rng.randrange(2)
    rows = rng.randint(1, 4) if dim == 0 else x.shape[0]
    columns = x.shape[1] if dim == 0 else rng.randint(1, 4)
    return {"dim": dim, "index": places(rng, x, dim, rows, columns)}


def scatter_arguments(b):
    dim = b.rng.randrange(2)
    x = b.within(test=lambda x: x.numel() > 0)
    source = b.within(test=lambda s: s.numel() > 0 and s.shape[1 - dim] == x.value.shape[1 - dim])
    return [x, source], {"dim": dim, "index": places(b.rng, x.value, dim, *source.value.shape)}


def cut(rng, n):
    first = rng.randrange(n)
    last = first if rng.random() < 0.05 else rng.randint(first + 1, n)
    return [first, last, rng.choice((1, 1, 2))]


def sliced(x, rows, cols):
    return x[rows[0]:rows[1]:rows[2], cols[0]:cols[1]:cols[2]]


def cat_arguments(b):
    dim = b.rng.randrange(2)
    parts = [b.within()]
    for _ in range(b.rng.randint(1, 2)):
        parts.append(b.within(test=lambda y: y.shape[1 - dim] == parts[0].value.shape[1 - dim]))
    return parts, {"dim": dim}


def masked_arguments(b):
    x = b.within(test=lambda x: x.numel() > 0)
    return [x, b.mask(list(x.value.shape))], {"value": b.rng.choice((0.0, 1.5, -0.25))}


def sort_attributes(rng, x):
    dims = [d for d in (0, 1) if distinct(x, d)]
    return {"dim": rng.choice(dims), "descending": rng.random() < 0.5}


def top_attributes(rng, x):
    dim = sort_attributes(rng, x)["dim"]
    return {"dim": dim, "k": rng.randint(1, x.shape[dim])}


def sortable(x):
    return x.numel() > 0 and any(distinct(x, d) for d in (0, 1))


def filled(x):
    return x.numel() > 0


def triangle(rng, x):
    return {"k": rng.randint(-1, 1)}


MOVES = {
    "reshape": choose(lambda x, shape: x.reshape(shape), filled,
                      attributes=lambda rng, x: {"shape": rng.choice(shapes(x.numel()))}),
    "expand": choose(lambda x, shape: x.expand(shape), lambda x: 1 in x.shape, attributes=larger),
    "repeat": choose(lambda x, repeats: x.repeat(repeats),
                     attributes=lambda rng, x: {"repeats": [rng.randint(1, 2), rng.randint(1, 3)]}),
    "index_select": choose(lambda x, dim, index: x.index_select(dim, torch.tensor(index, dtype=torch.long)), filled,
                           attributes=some_places),
    "gather": choose(lambda x, dim, index: x.gather(dim, torch.tensor(index)), filled, attributes=gather_attributes),
    "scatter_add": Operation(lambda x, source, dim, index: x.scatter_add(dim, torch.tensor(index), source),
                             scatter_arguments),
    "slice": choose(sliced, filled,
                    attributes=lambda rng, x: {"rows": cut(rng, x.shape[0]), "cols": cut(rng, x.shape[1])}),
    "cat": Operation(lambda *parts, dim: torch.cat(parts, dim), cat_arguments),
    "flip": choose(lambda x, dims: x.flip(dims), attributes=lambda rng, x: {"dims": rng.choice(([0], [1], [0, 1]))}),
    "roll": choose(lambda x, shift, dim: x.roll(shift, dim), filled,
                   attributes=lambda rng, x: {"shift": rng.randint(-3, 3), "dim": rng.randrange(2)}),
    "tril": choose(lambda x, k: x.tril(k), attributes=triangle),
    "triu": choose(lambda x, k: x.triu(k), attributes=triangle),
    "pad": choose(lambda x, pad, value: F.pad(x, pad, value=value),
                  attributes=lambda rng, x: {"pad": [rng.randint(0, 2) for _ in range(4)],
                                             "value": rng.choice((0.0, 0.5))}),
    "masked_fill": Operation(lambda x, mask, value: x.masked_fill(mask != 0, value), masked_arguments),
    "sort": choose(lambda x, dim, descending: x.sort(dim, descending=descending)[0], sortable,
                   attributes=sort_attributes),
    "topk": choose(lambda x, dim, k: x.topk(k, dim)[0], sortable, attributes=top_attributes),
}
