"""Figures of the elementary operations: value, gradient and second derivative, right to 21 digits.

Usage: python3 elementary.py [points an operation, 300] > ../resources/org/ejgrad/elementary.txt
(needs python3-mpmath; python3-gmpy2 makes it several times as fast)
"""

import math
import random
import struct
import sys
import zlib

from mpmath import mp, mpf

DIGITS = 21
SMALLEST, LARGEST = 5e-324, sys.float_info.max
INFINITY = float("inf")


# ---- the operations: f, f', f'' as formulas whose precision is raised until they stand ------------------------------


def sigma(x):
    return 1 / (1 + mp.exp(-x))


def bell(x):
    return 1 / (2 + mp.exp(x) + mp.exp(-x))


def square(x):
    return x * x, 2 * x, mpf(2)


def sqrt(x):
    s = mp.sqrt(x)
    return s, 1 / (2 * s), -1 / (4 * s * x)


def rsqrt(x):
    s = mp.sqrt(x)
    return 1 / s, -1 / (2 * s * x), 3 / (4 * s * x * x)


def reciprocal(x):
    return 1 / x, -1 / x**2, 2 / x**3


def power(p):
    def to(x, e):
        return (-1) ** int(e) * mp.power(-x, e) if x < 0 else mp.power(x, e)

    q = mpf(p)
    return lambda x: (to(x, q), q * to(x, q - 1), q * (q - 1) * to(x, q - 2))


def power_of(base):
    k = mp.log(mpf(base))

    def f(x):
        k = mp.log(mpf(base))
        y = mp.exp(k * x)
        return y, k * y, k * k * y

    return f


def exp(x):
    y = mp.exp(x)
    return y, y, y


def expm1(x):
    y = mp.exp(x)
    return y - 1, y, y


def log_to(base):
    def f(x):
        k = mp.log(base) if base else mpf(1)
        return mp.log(x) / k, 1 / (x * k), -1 / (x * x * k)

    return f


def log1p(x):
    return mp.log(1 + x), 1 / (1 + x), -1 / (1 + x) ** 2


def logit(x):
    w = x * (1 - x)
    return mp.log(x / (1 - x)), 1 / w, (2 * x - 1) / w**2


def sin(x):
    return mp.sin(x), mp.cos(x), -mp.sin(x)


def cos(x):
    return mp.cos(x), -mp.sin(x), -mp.cos(x)


def tan(x):
    t = mp.tan(x)
    return t, 1 + t * t, 2 * t * (1 + t * t)


def asin(x):
    w = 1 - x * x
    return mp.asin(x), 1 / mp.sqrt(w), x / (w * mp.sqrt(w))


def acos(x):
    w = 1 - x * x
    return mp.acos(x), -1 / mp.sqrt(w), -x / (w * mp.sqrt(w))


def atan(x):
    w = 1 + x * x
    return mp.atan(x), 1 / w, -2 * x / w**2


def sinh(x):
    return mp.sinh(x), mp.cosh(x), mp.sinh(x)


def cosh(x):
    return mp.cosh(x), mp.sinh(x), mp.cosh(x)


def tanh(x):
    q = mp.exp(-2 * abs(x))
    t = mp.sign(x) * (1 - q) / (1 + q)
    s = 4 * q / (1 + q) ** 2
    return t, s, -2 * t * s


def asinh(x):
    w = 1 + x * x
    return mp.sign(x) * mp.log(abs(x) + mp.sqrt(w)), 1 / mp.sqrt(w), -x / (w * mp.sqrt(w))


def acosh(x):
    w = x * x - 1
    return mp.log(x + mp.sqrt(w)), 1 / mp.sqrt(w), -x / (w * mp.sqrt(w))


def atanh(x):
    w = 1 - x * x
    return mp.log((1 + x) / (1 - x)) / 2, 1 / w, 2 * x / w**2


def far(x):
    """Where e^(-x^2/2) and all its relatives are below every double."""
    return abs(x) > 50


def erf(x):
    s = 2 / mp.sqrt(mp.pi) * mp.exp(-x * x)
    return mp.sign(x) if far(x) else mp.erf(x), s, -2 * x * s


def erfc(x):
    s = -2 / mp.sqrt(mp.pi) * mp.exp(-x * x)
    return 1 - mp.sign(x) if far(x) else mp.erfc(x), s, -2 * x * s


def sigmoid(x):
    b = bell(x)
    return sigma(x), b, b * (1 - 2 * sigma(x))


def softplus(x):
    return max(x, 0) + mp.log(1 + mp.exp(-abs(x))), sigma(x), bell(x)


def softplus_of(beta):
    def f(x):
        k = mpf(beta)
        return softplus(k * x)[0] / k, sigma(k * x), k * bell(k * x)

    return f


def log_sigmoid(x):
    return -softplus(-x)[0], sigma(-x), -bell(x)


def silu(x):
    s, s1, s2 = sigmoid(x)
    return x * s, s + x * s1, 2 * s1 + x * s2


def mish(x):
    """With q = e^-|x|, so that no power overflows."""
    e = mp.exp(x)
    d = e * e + 2 * e + 2
    t = (e * e + 2 * e) / d
    t1 = 4 * e * (e + 1) / d**2
    t2 = 4 * e * (2 + 2 * e - 3 * e**2 - 2 * e**3) / d**3
    return x * t, t + x * t1, 2 * t1 + x * t2


def gelu(x):
    if far(x):
        return max(x, mpf(0)), mpf(1 if x > 0 else 0), mpf(0)
    n = mp.erfc(-x / mp.sqrt(2)) / 2
    density = mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)
    return x * n, n + x * density, density * (2 - x * x)


def gelu_tanh(x):
    if far(x):
        return max(x, mpf(0)), mpf(1 if x > 0 else 0), mpf(0)
    k, c = mp.sqrt(8 / mp.pi), mpf("0.044715")
    v, v1, v2 = k * (x + c * x**3), k * (1 + 3 * c * x**2), k * 6 * c * x
    s, s1, s2 = sigmoid(v)
    return x * s, s + x * s1 * v1, 2 * s1 * v1 + x * (s2 * v1**2 + s1 * v2)


def softsign(x):
    w = 1 + abs(x)
    return x / w, 1 / w**2, -2 * mp.sign(x) / w**3


def tanhshrink(x):
    t, s, b = tanh(x)
    return x - t, t * t, 2 * t * s


def elu(alpha, scale="1"):
    def f(x):
        k, a = mpf(scale), mpf(alpha)
        if x > 0:
            return k * x, k, mpf(0)
        return k * a * (mp.exp(x) - 1), k * a * mp.exp(x), k * a * mp.exp(x)

    return f


def celu(alpha):
    def f(x):
        a = mpf(alpha)
        if x > 0:
            return x, mpf(1), mpf(0)
        return a * (mp.exp(x / a) - 1), mp.exp(x / a), mp.exp(x / a) / a

    return f


def hard_sigmoid(x):
    inside = abs(x) < 3
    return min(max(x + 3, mpf(0)), mpf(6)) / 6, mpf(1) / 6 if inside else mpf(0), mpf(0)


def hard_swish(x):
    if abs(x) >= 3:
        return max(x, mpf(0)), mpf(1 if x > 0 else 0), mpf(0)
    return x * (x + 3) / 6, (2 * x + 3) / 6, mpf(1) / 3


def log_add_exp(a, b):
    d = a - b
    s, t, c = sigma(d), sigma(-d), bell(d)
    return max(a, b) + mp.log(1 + mp.exp(-abs(d))), s, t, c, -c, c


def element_div(a, b):
    return a / b, 1 / b, -a / b**2, mpf(0), -1 / b**2, 2 * a / b**3


def xlogy(a, b):
    return a * mp.log(b), mp.log(b), a / b, mpf(0), 1 / b, -a / b**2


def atan2(a, b):
    w = a * a + b * b
    return mp.atan2(a, b), b / w, -a / w, -2 * a * b / w**2, (a - b) * (a + b) / w**2, 2 * a * b / w**2


def element_power(a, b):
    k = mp.log(a)
    y = mp.exp(k * b)
    return y, b * y / a, y * k, b * (b - 1) * y / a**2, (1 + b * k) * y / a, y * k * k


# ---- where they are asked -------------------------------------------------------------------------------------------


def steps(x, n):
    """The double n doubles above x."""
    bits = struct.unpack("<q", struct.pack("<d", x))[0]
    ordered = bits if bits >= 0 else -(bits & 0x7FFFFFFFFFFFFFFF)
    ordered += n
    bits = ordered if ordered >= 0 else -ordered | -0x8000000000000000
    return struct.unpack("<d", struct.pack("<q", bits))[0]


def near(points):
    """Every point, its neighbours, and what lies 1e-15 to 0.3 beside it."""
    for p in points:
        for n in range(-3, 4):
            yield steps(p, n)
        for k in range(15, 0, -2):
            yield p + 10.0**-k
            yield p - 10.0**-k
        yield p + 0.3
        yield p - 0.3


def anywhere(rng):
    """A double of any size."""
    return rng.choice((-1, 1)) * math.exp(rng.uniform(math.log(SMALLEST), math.log(LARGEST)))


CORNERS = [s * v for s in (1, -1) for v in (
    SMALLEST, 3e-320, 2.2250738585072014e-308, 1e-300, 1e-160, 1e-100, 1e-20, 1e-9, 1e-3, 0.5, 1.0, 2.0, 10.0,
    1e9, 1e20, 1e100, 1e160, 1e300, LARGEST)]


class Operation:
    """A name, its formulas, its domain, where it is curved, and its zeros, kinks and ends."""

    def __init__(self, name, f, low=-INFINITY, high=INFINITY, curved=(-10, 10), special=()):
        self.name, self.f, self.low, self.high, self.curved, self.special = name, f, low, high, curved, special

    def points(self, count, rng):
        chosen = [x for x in [*near(self.special), *CORNERS] if self.low < x < self.high]
        rng.shuffle(chosen)
        chosen = chosen[: count * 2 // 3]
        tries = 0
        while len(chosen) < count:
            way = tries % 4
            tries += 1
            if way == 0:
                x = anywhere(rng)
            elif way == 1:
                x = rng.choice((-1, 1)) * math.exp(rng.uniform(math.log(1e-9), math.log(1e3)))
            else:
                x = rng.uniform(*self.curved)
            if self.low < x < self.high:
                chosen.append(x)
        return [(x,) for x in chosen]


class Binary(Operation):
    """The same of two numbers; pair is how the curved part is met."""

    def __init__(self, name, f, domain=lambda a, b: True, pair=None):
        super().__init__(name, f)
        self.domain, self.pair = domain, pair

    def points(self, count, rng):
        chosen, tries = [], 0
        while len(chosen) < count:
            way = tries % 4
            tries += 1
            if way == 0:
                a, b = anywhere(rng), anywhere(rng)
            elif way == 1:
                a = anywhere(rng)
                b = a * rng.choice((-1, 1)) * math.exp(rng.uniform(-3, 3))
            elif way == 2:
                a, b = rng.uniform(-20, 20), rng.uniform(-20, 20)
            else:
                a, b = self.pair(rng)
            if abs(a) <= LARGEST and abs(b) <= LARGEST and a and b and self.domain(a, b):
                chosen.append((a, b))
        return chosen


def zero_of_sum(rng):
    """Where e^a + e^b is near 1."""
    a = -math.exp(rng.uniform(-30, 3))
    b = math.log(-math.expm1(a))
    return rng.sample((steps(a, rng.randint(-9, 9)), b * (1 + 10 ** rng.uniform(-16, 0))), 2)


def near_axis(rng):
    a = anywhere(rng)
    return rng.sample((a, a * (1 + rng.choice((-1, 1)) * 10 ** rng.uniform(-16, 0))), 2)


def subnormal_quotient(rng):
    b = anywhere(rng)
    return rng.choice((b * 10 ** rng.uniform(-324, -307), anywhere(rng))), b


def near_1_or_subnormal(rng):
    b = math.exp(rng.uniform(math.log(SMALLEST), math.log(LARGEST)))
    return rng.choice(((anywhere(rng), 1 + 10 ** rng.uniform(-16, 0)), (b * 10 ** rng.uniform(-324, -307), b)))


def base_near_1(rng):
    a = 1 + rng.choice((-1, 1)) * 10 ** rng.uniform(-16, -0.01)
    if a == 1:
        return 1.0, rng.uniform(-9, 9)
    k = math.log(a)
    return a, rng.choice((-1 / k * (1 + 10 ** rng.uniform(-16, 0)), rng.uniform(-700, 700) / k))


def base_anywhere(rng):
    a = abs(anywhere(rng))
    return rng.choice((base_near_1(rng), (a, rng.uniform(-740, 700) / (math.log(a) or 1)), (a, rng.uniform(-2, 2))))


EDGE = (-745.2, -708.4, 709.8, 710.4)
ROOT_OF_SILU1, ROOT_OF_SILU2 = 1.2784645427610738, 2.3993572805154677
ROOT_OF_MISH1 = -1.192431214515495
ROOTS_OF_MISH2 = (-2.256376396360793, 1.4905711794854285)
ROOT_OF_GELU1 = -0.7517915246935646
ROOT_OF_GELU_TANH1 = -0.7524614220710163
ROOTS_OF_GELU_TANH2 = (-1.4185040087908284, 1.4185040087908284)

OPERATIONS = [
    Operation("square", square, special=(1e154, 1e-160)),
    Operation("sqrt", sqrt, low=0),
    Operation("rsqrt", rsqrt, low=0, special=(1e-205, 1e-123)),
    Operation("reciprocal", reciprocal, special=(1e154, 1e-103, 1e107)),
    *[Operation(f"elementPower({p})", power(p), low=low, curved=(-3, 3), special=(1.0,))
      for p, low in ((-3.0, -INFINITY), (-1.7, 0), (-1.0, -INFINITY), (-0.5, 0), (1e-05, 0), (1e-300, 0),
                     (0.3, 0), (0.5, 0), (0.9, 0), (1.1, 0), (1.5, 0), (3.0, -INFINITY), (7.3, 0), (100.0, -INFINITY))],
    *[Operation(f"elementPowerOf({b})", power_of(b), curved=(-300, 300)) for b in (0.3, 1.0000001, 10.0)],
    Operation("elementExp", exp, curved=(-745, 710), special=EDGE),
    Operation("exp2", power_of(2), curved=(-1074, 1024), special=(-1074, -1022, 1023.9, 10.0)),
    Operation("expm1", expm1, special=(0.0, *EDGE, -37.0)),
    Operation("elementLog", log_to(None), low=0, curved=(0, 3), special=(1.0,)),
    Operation("log2", log_to(2), low=0, curved=(0, 3), special=(1.0, 0.7071067811865476, 1.4142135623730951, 2.0**29)),
    Operation("log10", log_to(10), low=0, curved=(0, 3), special=(1.0, 1000.0, 7e307)),
    Operation("log1p", log1p, low=-1, curved=(-1, 3), special=(0.0, -1.0)),
    Operation("logit", logit, low=0, high=1, curved=(0, 1), special=(0.0, 0.5, 0.25, 0.75, 1.0)),
    Operation("sin", sin, special=(0.0, math.pi / 2, math.pi, 22.0, 1e22)),
    Operation("cos", cos, special=(0.0, math.pi / 2, math.pi, 11.0, 1e22)),
    Operation("tan", tan, special=(0.0, math.pi / 2, math.pi, 11.0, 1e22)),
    Operation("asin", asin, low=-1, high=1, curved=(-1, 1), special=(0.0, 1.0, -1.0, 0.5)),
    Operation("acos", acos, low=-1, high=1, curved=(-1, 1), special=(0.0, 1.0, -1.0, 0.5)),
    Operation("atan", atan, special=(0.0, 1e8, 1e77, 1e154)),
    Operation("sinh", sinh, special=(0.0, 710.47, 22.0)),
    Operation("cosh", cosh, special=(0.0, 710.47, 22.0)),
    Operation("tanh", tanh, curved=(-20, 20), special=(0.0, 0.625, 19.0615, 354.2, 372.6)),
    Operation("asinh", asinh, special=(0.0, 1e8, 2.0**28, 1e154)),
    Operation("acosh", acosh, low=1, special=(1.0, 1.5, 1e8, 2.0**28, 1e154)),
    Operation("atanh", atanh, low=-1, high=1, curved=(-1, 1), special=(0.0, 0.5, 1.0, -1.0)),
    Operation("erf", erf, curved=(-6, 6), special=(0.0, 0.5, 1.0, 26.6, 27.2)),
    Operation("erfc", erfc, curved=(-6, 27.3), special=(0.0, 0.5, 26.5, 27.2)),
    Operation("sigmoid", sigmoid, curved=(-40, 40), special=(0.0, *EDGE)),
    Operation("logSigmoid", log_sigmoid, curved=(-40, 40), special=(0.0, *EDGE)),
    Operation("softplus", softplus, curved=(-40, 40), special=(0.0, *EDGE)),
    Operation("softplus(3)", softplus_of(3), special=(-37.0, -15.31414145709071, 28.106955306439225)),
    Operation("softplus(-0.3)", softplus_of("-0.299999999999999988897769753748"), special=(37.0, -15.3, 28.1)),
    Operation("silu", silu, curved=(-20, 20),
              special=(0.0, -ROOT_OF_SILU1, ROOT_OF_SILU2, -ROOT_OF_SILU2, -700.0, *EDGE)),
    Operation("mish", mish, curved=(-20, 20), special=(0.0, ROOT_OF_MISH1, *ROOTS_OF_MISH2, -700.0, 20.0, 350.0, *EDGE)),
    Operation("gelu", gelu, curved=(-6, 6), special=(0.0, ROOT_OF_GELU1, 2**0.5, -(2**0.5), -1.0, -37.5, -38.4)),
    Operation("geluTanh", gelu_tanh, curved=(-6, 6), special=(0.0, ROOT_OF_GELU_TANH1, *ROOTS_OF_GELU_TANH2, -21.0)),
    Operation("softsign", softsign, special=(1e-9, 1e102, 1e154)),
    Operation("tanhshrink", tanhshrink, special=(0.0, 0.625, 1.0, 1e-9)),
    Operation("elu(0.7)", elu(0.7), special=(-37.0, *EDGE)),
    Operation("celu(1.6)", celu(1.6), special=(-37.0, *EDGE)),
    Operation("celu(0.3)", celu(0.3), special=(-37.0, *EDGE)),
    Operation("celu(1e10)", celu(1e10), special=(-1e-310, -1e-313, -5e-324, -37e10)),
    Operation("selu", elu("1.6732632423543772848170429916717", "1.0507009873554804934193349852946"),
              special=(-37.0, *EDGE)),
    Operation("hardSigmoid", hard_sigmoid, special=(-2.9999999999999996, 2.9999999999999996, -3.1, 3.1)),
    Operation("hardSwish", hard_swish, special=(-1.5, -2.9999999999999996, 2.9999999999999996, -3.1)),
    Binary("logAddExp", log_add_exp, pair=zero_of_sum),
    Binary("elementDiv", element_div, lambda a, b: b != 0, subnormal_quotient),
    Binary("xlogy", xlogy, lambda a, b: b > 0, near_1_or_subnormal),
    Binary("atan2", atan2, pair=near_axis),
    Binary("elementPower", element_power, lambda a, b: a > 0, base_anywhere),
]


# ---- exact figures --------------------------------------------------------------------------------------------------


def exact(f, point):
    """The figures at a point, with digits added until they no longer change."""
    before = None
    digits = 45
    while True:
        mp.dps = digits
        now = f(*map(mpf, point))
        if before and all(settled(b, n) for b, n in zip(before, now)):
            return now
        if digits > 2500:
            return now
        before, digits = now, digits * 2


def settled(before, now):
    return now != 0 and abs(now - before) <= abs(now) * mpf(10) ** (-DIGITS - 3)


def text(number):
    mp.dps = DIGITS + 5
    size = abs(number)
    if size > mpf(LARGEST) * (1 + mpf(2) ** -54):
        return "Infinity" if number > 0 else "-Infinity"
    if size < mpf(SMALLEST) / 1000:
        return "0"
    return mp.nstr(number, DIGITS, min_fixed=1, max_fixed=0).replace(".0e", "e")


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    wanted = sys.argv[2:]
    for operation in OPERATIONS:
        if wanted and operation.name not in wanted:
            continue
        print("#", operation.name)
        number = max(40, count // 4) if "(" in operation.name else count
        for point in operation.points(number, random.Random(zlib.crc32(operation.name.encode()))):
            print(*[float(x).hex() for x in point], *[text(y) for y in exact(operation.f, point)])


if __name__ == "__main__":
    main()
