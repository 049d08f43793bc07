"""Coefficients of the series in ErrorFunction and NearZero.

Usage: python3 coefficients.py (needs python3-mpmath)
"""

from mpmath import chebyfit, findroot, mp, mpf, taylor

import elementary as formulas

mp.dps = 60


def parts(x):
    high = float(x)
    return high, float(x - mpf(high))


def java(name, numbers):
    print(f"    {name} =", ", ".join(map(repr, numbers)))


def tail():
    """(1 + 2x)·e^(x²)·erfc x as a polynomial in u = (x − 5/2)/(x + 5/2), from x = 0 to ∞."""

    def g(u):
        if u == 1:
            return 2 / mp.sqrt(mp.pi)
        x = (1 + u) / (1 - u) * mpf(5) / 2
        if x < 1000:
            return (1 + 2 * x) * mp.exp(x * x) * mp.erfc(x)
        z = 1 / (2 * x * x)
        return (2 + 1 / x) / mp.sqrt(mp.pi) * (1 - z + 3 * z**2 - 15 * z**3 + 105 * z**4)

    mp.dps = 40
    coefficients, error = chebyfit(g, [-1, 1], 27, error=True)
    print("tail, error", mp.nstr(error, 3))
    coefficients = coefficients[::-1]
    java("LOW_PART", [parts(coefficients[0])[1]])
    java("TAIL", [float(c) for c in coefficients])
    mp.dps = 60


def near_zero(name, f, order, start, width):
    root = findroot(lambda x: f(x)[order], mpf(start))
    series = taylor(lambda x: f(x)[order], root, 40)[1:]
    terms = next(n for n in range(2, 40) if abs(series[n]) * mpf(width) ** n < abs(series[0]) * mpf(10) ** -17.3)
    java(name, [*parts(root), width, *[float(c) for c in series[:terms]]])


if __name__ == "__main__":
    tail()
    near_zero("SILU_SLOPE", formulas.silu, 1, -1.278, 0.25)
    near_zero("SILU_BEND", formulas.silu, 2, 2.399, 0.25)
    near_zero("MISH_SLOPE", formulas.mish, 1, -1.192, 0.25)
    near_zero("MISH_BEND_BELOW", formulas.mish, 2, -2.256, 0.35)
    near_zero("MISH_BEND_ABOVE", formulas.mish, 2, 1.4906, 0.35)
    near_zero("GELU_SLOPE", formulas.gelu, 1, -0.7518, 0.25)
    near_zero("GELU_TANH_SLOPE", formulas.gelu_tanh, 1, -0.7525, 0.25)
    near_zero("GELU_TANH_BEND", formulas.gelu_tanh, 2, 1.4185, 0.35)
