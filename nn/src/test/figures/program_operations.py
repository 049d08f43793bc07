"""The operations of random programs: how PyTorch computes each, and how to find arguments clear of kinks and poles."""

import torch
import torch.nn.functional as F

MARGIN = 1e-3
LARGEST = 60.0
INFINITY = "Infinity"


class Unfit(Exception):
    """There is no argument to be had here; try another operation."""


class Operation:
    """A function of tensors and named attributes, and what finds arguments and attributes among a builder's nodes."""

    def __init__(self, function, arguments):
        self.function, self.arguments = function, arguments


def away(x, *places, margin=MARGIN):
    return all(x.numel() == 0 or (x - p).abs().min() >= margin for p in places)


def distinct(x, dim):
    """Whether no two elements of a line are close."""
    lines = x.reshape(1, -1) if dim is None else x if dim == 1 else x.T
    gaps = lines.sort(dim=1)[0].diff(dim=1)
    return gaps.numel() == 0 or gaps.min() >= MARGIN


def whole(x, dim):
    """Whether there is something to reduce in every line."""
    return x.numel() > 0 and (dim is None or x.shape[dim] > 0)


def along(x, dim, function):
    """Applies a function of a matrix and dim; the whole matrix counts as one line when dim is None."""
    return function(x.reshape(-1), 0).reshape(1, 1) if dim is None else function(x, dim)


# ---- elementwise, of one matrix --------------------------------------------------------------------------------------


def unary(function, low=-LARGEST, high=LARGEST, kinks=(), test=None, **choices):
    """Arguments in a range and away from kinks; choices are the values that attributes may take."""

    def arguments(b):
        attrs = {name: b.rng.choice(values) for name, values in choices.items()}
        at = kinks(attrs) if callable(kinks) else kinks
        return [b.within(low, high, lambda x: away(x, *at) and (test is None or test(x)))], attrs

    return Operation(function, arguments)


def clamp_arguments(b):
    low, high = b.rng.choice(((-1.0, 0.5), (-0.5, None), (None, 0.25), (-2.0, 2.0)))
    return [b.within(test=lambda x: away(x, *(k for k in (low, high) if k is not None)))], {"min": low, "max": high}


def power_arguments(b):
    exponent = b.rng.choice((2.0, 3.0, 0.5, -1.0, 1.5, -0.5, 1.0, 4.0))
    low, high = (0.1, 6.0) if exponent != round(exponent) or exponent < 0 else (-2.5, 2.5)
    return [b.within(low, high)], {"exponent": exponent}


def whole_numbers(x):
    return x.numel() == 0 or (x - x.round()).abs().min() >= MARGIN


def halves(x):
    return whole_numbers(x - 0.5)


def hardsigmoid(x):
    # F.hardsigmoid's derivative has 1/6 in single precision.
    return torch.clamp((x + 3) / 6, 0, 1)


ELEMENTWISE = {
    "neg": unary(torch.neg),
    "exp": unary(torch.exp, -6, 4),
    "exp2": unary(torch.exp2, -6, 5),
    "expm1": unary(torch.expm1, -6, 4),
    "log": unary(torch.log, 0.05),
    "log2": unary(torch.log2, 0.05),
    "log10": unary(torch.log10, 0.05),
    "log1p": unary(torch.log1p, -0.9),
    "sqrt": unary(torch.sqrt, 0.05),
    "rsqrt": unary(torch.rsqrt, 0.1),
    "square": unary(torch.square, -7, 7),
    "abs": unary(torch.abs, kinks=(0,)),
    "sign": unary(torch.sign, kinks=(0,)),
    "reciprocal": unary(torch.reciprocal, test=lambda x: away(x, 0, margin=0.2)),
    "sin": unary(torch.sin, -8, 8),
    "cos": unary(torch.cos, -8, 8),
    "tan": unary(torch.tan, -1.3, 1.3),
    "asin": unary(torch.asin, -0.95, 0.95),
    "acos": unary(torch.acos, -0.95, 0.95),
    "atan": unary(torch.atan),
    "sinh": unary(torch.sinh, -4, 4),
    "cosh": unary(torch.cosh, -4, 4),
    "tanh": unary(torch.tanh, -3, 3),
    "asinh": unary(torch.asinh),
    "acosh": unary(torch.acosh, 1.1),
    "atanh": unary(torch.atanh, -0.95, 0.95),
    "erf": unary(torch.erf, -2.5, 2.5),
    "erfc": unary(torch.erfc, -2.5, 2.5),
    "sigmoid": unary(torch.sigmoid, -8, 8),
    "logsigmoid": unary(F.logsigmoid),
    "logit": unary(torch.logit, 0.03, 0.97),
    "relu": unary(F.relu, kinks=(0,)),
    "relu6": unary(F.relu6, kinks=(0, 6)),
    "selu": unary(F.selu, kinks=(0,)),
    "silu": unary(F.silu),
    "mish": unary(F.mish),
    "softsign": unary(F.softsign, kinks=(0,)),
    "tanhshrink": unary(F.tanhshrink),
    "hardsigmoid": unary(hardsigmoid, kinks=(-3, 3)),
    "hardswish": unary(F.hardswish, kinks=(-3, 3)),
    "floor": unary(torch.floor, test=whole_numbers),
    "ceil": unary(torch.ceil, test=whole_numbers),
    "round": unary(torch.round, test=halves),
    "trunc": unary(torch.trunc, test=whole_numbers),
    "detach": unary(lambda x: x.detach()),
    "leaky_relu": unary(F.leaky_relu, kinks=(0,), negative_slope=(0.01, 0.1, 0.3)),
    "elu": unary(F.elu, kinks=(0,), alpha=(1.0, 0.5, 1.7)),
    # alphas whose reciprocal is exact in single precision, in which F.celu's derivative takes it
    "celu": unary(F.celu, kinks=(0,), alpha=(1.0, 0.5, 2.0)),
    "gelu": unary(F.gelu, approximate=("none", "tanh")),
    "softplus": unary(F.softplus, kinks=lambda a: (a["threshold"] / a["beta"],),
                      beta=(1.0, 2.0, 0.5), threshold=(20.0,)),
    "softshrink": unary(F.softshrink, kinks=lambda a: (-a["lambd"], a["lambd"]), lambd=(0.5, 0.2)),
    "hardshrink": unary(F.hardshrink, kinks=lambda a: (-a["lambd"], a["lambd"]), lambd=(0.5, 0.2)),
    "hardtanh": unary(F.hardtanh, kinks=lambda a: (a["min_val"], a["max_val"]),
                      min_val=(-1.0, -0.5), max_val=(1.0, 2.0)),
    "threshold": unary(F.threshold, kinks=lambda a: (a["threshold"],), threshold=(0.1, -0.5), value=(0.5, -1.0)),
    "clamp": Operation(lambda x, min, max: torch.clamp(x, min, max), clamp_arguments),
    "pow": Operation(lambda x, exponent: torch.pow(x, exponent), power_arguments),
    "rpow": unary(lambda x, base: torch.pow(base, x), -4, 4, base=(2.0, 0.5, 1.5)),
    "add_scalar": unary(lambda x, value: x + value, value=(0.5, -1.25, 2.0, 0.1)),
    "mul_scalar": unary(lambda x, value: x * value, value=(0.5, -1.25, 2.0, 0.1)),
    "rsub_scalar": unary(lambda x, value: value - x, value=(1.0, -0.5)),
    "rdiv_scalar": unary(lambda x, value: value / x, test=lambda x: away(x, 0, margin=0.2), value=(1.0, -2.0)),
    "self_add": unary(lambda x: x + x),
    "self_sub": unary(lambda x: x - x),
    "self_mul": unary(lambda x: x * x, -7, 7),
    "self_div": unary(lambda x: x / x, test=lambda x: away(x, 0, margin=0.2)),
}


# ---- elementwise, of two matrices that broadcast ---------------------------------------------------------------------


def binary(function, first=(-LARGEST, LARGEST), second=(-LARGEST, LARGEST), test=None):
    def arguments(b):
        x = b.within(*first)
        y = b.within(*second, test=lambda y: b.meets(x.value, y) and (test is None or test(x.value, y)))
        return [x, y], {}

    return Operation(function, arguments)


def where_arguments(b):
    x = b.within()
    y = b.within(test=lambda y: b.meets(x.value, y))
    shape = list(torch.broadcast_shapes(x.value.shape, y.value.shape))
    if b.rng.random() < 0.4:
        shape[b.rng.randrange(2)] = 1
    return [b.mask(shape), x, y], {}


BINARY = {
    "add": binary(torch.add),
    "sub": binary(torch.sub),
    "mul": binary(torch.mul, (-7, 7), (-7, 7)),
    "div": binary(torch.div, test=lambda x, y: away(y, 0, margin=0.2)),
    "maximum": binary(torch.maximum, test=lambda x, y: away(x - y, 0)),
    "minimum": binary(torch.minimum, test=lambda x, y: away(x - y, 0)),
    "pow_tensor": binary(torch.pow, (0.2, 4), (-2.5, 2.5)),
    "atan2": binary(torch.atan2, test=lambda x, y: away(torch.hypot(x, y), 0, margin=0.2)
                    and bool(((y > 0) | (x.abs() > MARGIN)).all())),
    "logaddexp": binary(torch.logaddexp),
    "xlogy": binary(torch.xlogy, second=(0.1, LARGEST), test=lambda x, y: away(x, 0)),
    "where": Operation(lambda c, x, y: torch.where(c != 0, x, y), where_arguments),
}


# ---- reductions and scans --------------------------------------------------------------------------------------------


def reduction(function, low=-LARGEST, high=LARGEST, test=lambda x, dim: True, dims=(None, 0, 1), **choices):
    def arguments(b):
        attrs = {name: b.rng.choice(values) for name, values in choices.items()}
        attrs["dim"] = b.rng.choice(dims)
        return [b.within(low, high, lambda x: test(x, **attrs))], attrs

    return Operation(function, arguments)


def all_or_along(function, **options):
    return lambda x, dim: along(x, dim, lambda v, d: function(v, d, keepdim=True, **options))


def spread(unbiased_function):
    return lambda x, dim, unbiased: along(x, dim, lambda v, d: unbiased_function(v, d, unbiased, keepdim=True))


def spreads(x, dim, unbiased):
    n = x.numel() if dim is None else x.shape[dim]
    return whole(x, dim) and n > 1 and away(spread(torch.var)(x, dim, unbiased), 0, margin=0.05)


def norm(x, p, dim):
    return along(x, dim, lambda v, d: torch.norm(v, float(p), d, keepdim=True))


def has_norm(x, p, dim, **rest):
    if not whole(x, dim) or not away(norm(x, p, dim), 0, margin=0.2):
        return False
    return p == 2.0 or away(x, 0) and (p != INFINITY or distinct(x.abs(), dim))


def extreme(function):
    def apply(x, dim):
        return function(x).reshape(1, 1) if dim is None else function(x, dim, keepdim=True)[0]

    return apply


def several(x, dim):
    """Whether the lines have more than one element; the softmax of one is always 1."""
    return x.shape[dim] != 1


def logcumsumexp(x, dim):
    # The second derivative of PyTorch 1.13's own is wrong when amax follows, as differences of its first show.
    largest = x.detach().amax(dim, keepdim=True)
    return (x - largest).exp().cumsum(dim).log() + largest


def ordered(x, dim):
    return whole(x, dim) and distinct(x, dim)


def argmax(x, dim):
    return x.argmax(dim, keepdim=True).to(torch.float64)


REDUCTIONS = {
    "sum": reduction(all_or_along(torch.sum)),
    "mean": reduction(all_or_along(torch.mean), test=whole),
    "prod": reduction(all_or_along(torch.prod), -3, 3),
    "amax": reduction(all_or_along(torch.amax), test=ordered),
    "amin": reduction(all_or_along(torch.amin), test=ordered),
    "max": reduction(extreme(torch.max), test=ordered),
    "min": reduction(extreme(torch.min), test=ordered),
    "argmax": reduction(argmax, test=ordered, dims=(0, 1)),
    "logsumexp": reduction(all_or_along(torch.logsumexp), test=whole),
    "norm": reduction(norm, test=has_norm, p=(1.0, 2.0, 3.0, INFINITY)),
    "var": reduction(spread(torch.var), -7, 7, test=spreads, unbiased=(True, False)),
    "std": reduction(spread(torch.std), test=spreads, unbiased=(True, False)),
    "softmax": reduction(torch.softmax, test=several, dims=(0, 1)),
    "log_softmax": reduction(torch.log_softmax, test=several, dims=(0, 1)),
    "softmin": reduction(F.softmin, test=several, dims=(0, 1)),
    "normalize": reduction(lambda x, p, dim, eps: F.normalize(x, float(p), dim, eps), test=has_norm, dims=(0, 1),
                           p=(1.0, 2.0, 3.0), eps=(1e-12,)),
    "cumsum": reduction(torch.cumsum, dims=(0, 1)),
    "cumprod": reduction(torch.cumprod, -3, 3, dims=(0, 1)),
    "logcumsumexp": reduction(logcumsumexp, test=whole, dims=(0, 1)),
    "cummax": reduction(lambda x, dim: torch.cummax(x, dim)[0], test=ordered, dims=(0, 1)),
}
