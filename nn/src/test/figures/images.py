"""Figures of layers for images from PyTorch: outputs, gradients and second derivatives.

Usage: python3 images.py > FILE
(needs Debian's python3-torch). An image is a row: the channels one after another, each row by row; `image` is the
input's [channels, height, width]. A weight is flattened to a row per index of its first dimension. `kernel`, `stride`,
`padding`, `dilation` and `output_padding` are [down, right]; what is absent is PyTorch's default. `batch_norm2d` trains:
it normalises by the batch's own statistics. `cross_entropy2d` has a channel per class, its `index` is the class of each
pixel, image after image, or `ignore_index`.
"""

import json

import torch
import torch.nn.functional as F

ROWS = 2
OPTIONS = ("stride", "padding", "dilation", "output_padding", "groups")


def numbers(generator, *shape):
    return (torch.rand(*shape, generator=generator, dtype=torch.float64) * 2 - 1).requires_grad_()


def distinct(generator, *shape):
    """No two closer than 1/count: a maximum is clear."""
    count = torch.Size(shape).numel()
    return ((torch.randperm(count, generator=generator).double() * 2 / count - 1).reshape(shape)).requires_grad_()


def flat(x):
    return x.reshape(x.shape[0], -1)


def made(op, attrs, generator):
    c, h, w = attrs["image"]
    x = (distinct if op == "max_pool2d" else numbers)(generator, ROWS, c * h * w)
    images = x.reshape(ROWS, c, h, w)
    options = {name: attrs[name] for name in OPTIONS if name in attrs}
    groups = attrs.get("groups", 1)
    if op in ("conv2d", "conv_transpose2d"):
        out, (kh, kw) = attrs["channels"], attrs["kernel"]
        first, second = (out, c // groups) if op == "conv2d" else (c, out // groups)
        weight = numbers(generator, first, second * kh * kw)
        bias = [numbers(generator, 1, out)] if attrs["bias"] else []
        apply = F.conv2d if op == "conv2d" else F.conv_transpose2d
        y = apply(images, weight.reshape(first, second, kh, kw), bias[0][0] if bias else None, **options)
        return ["x", "weight", "bias"], [x, weight] + bias, flat(y)
    if op == "max_pool2d":
        return ["x"], [x], flat(F.max_pool2d(images, attrs["kernel"], **options))
    if op == "avg_pool2d":
        return ["x"], [x], flat(F.avg_pool2d(images, attrs["kernel"], **options))
    if op == "batch_norm2d":
        weight, bias = numbers(generator, 1, c), numbers(generator, 1, c)
        y = F.batch_norm(images, None, None, weight[0], bias[0], training=True, eps=attrs["eps"])
        return ["x", "weight", "bias"], [x, weight, bias], flat(y)
    raise ValueError(op)


def per_pixel(attrs, generator):
    c, h, w = attrs["image"]
    x = numbers(generator, ROWS, c * h * w)
    target = torch.randint(0, c, (ROWS, h, w), generator=generator)
    if "ignore_index" in attrs:
        target[0, 0, :] = target[1, 1, 0] = attrs["ignore_index"]
    weight = torch.tensor(attrs["weight"], dtype=torch.float64) if "weight" in attrs else None
    y = F.cross_entropy(
        x.reshape(ROWS, c, h, w), target, weight, ignore_index=attrs.get("ignore_index", -100),
        label_smoothing=attrs.get("label_smoothing", 0.0), reduction=attrs["reduction"])
    return x, target, y.reshape(-1, 1)


def rows(matrix):
    return matrix.detach().tolist()


def case(number, op, attrs):
    generator = torch.Generator().manual_seed(number)
    index = None
    if op == "cross_entropy2d":
        x, index, output = per_pixel(attrs, generator)
        names, inputs = ["x"], [x]
    else:
        names, inputs, output = made(op, attrs, generator)
    upstream = numbers(generator, *output.shape).detach()
    gradients = torch.autograd.grad((output * upstream).sum(), inputs, create_graph=True)
    directions = [numbers(generator, *x.shape).detach() for x in inputs]
    along = sum((g * v).sum() for g, v in zip(gradients, directions))
    squares = sum((g * g).sum() for g in gradients)

    def slopes(of):
        if not of.requires_grad:
            return [rows(torch.zeros_like(x)) for x in inputs]
        found = torch.autograd.grad(of, inputs, retain_graph=True, allow_unused=True)
        return [rows(torch.zeros_like(x) if g is None else g) for x, g in zip(inputs, found)]

    listed = [{"name": name, "value": rows(x), "grad": True} for name, x in zip(names, inputs)]
    if index is not None:
        listed.append({"name": "target", "index": index.reshape(-1).tolist(), "grad": False})
    nothing = [None] if index is not None else []
    return {
        "id": f"layer/{op}/{number:03}", "op": op, "attrs": attrs, "inputs": listed, "output": rows(output),
        "grad_output": rows(upstream), "grads": [rows(g) for g in gradients] + nothing,
        "second": {"v": [rows(v) for v in directions] + nothing, "hvp": slopes(along) + nothing,
                   "sumsq": squares.item(), "grad_sumsq": slopes(squares) + nothing}}


def cases():
    image, plain = {"image": [2, 4, 3]}, {"image": [2, 4, 3], "channels": 2, "bias": True}
    for op, more in (("conv2d", {}), ("conv_transpose2d", {"output_padding": [1, 0]})):
        yield op, {**plain, "kernel": [2, 2]}
        yield op, {**plain, "kernel": [3, 1], "bias": False}
        yield op, {**plain, "kernel": [2, 2], "stride": [2, 1], **more}
        yield op, {**plain, "kernel": [3, 3], "padding": [1, 2]}
        yield op, {**plain, "kernel": [2, 2], "dilation": [3, 2]}
        yield op, {**plain, "kernel": [2, 1], "groups": 2, "channels": 4}
        yield op, {**plain, "kernel": [2, 3], "stride": [2, 2], "padding": [1, 1], "dilation": [2, 1], "groups": 2,
                   **more}
    yield "conv2d", {"image": [1, 5, 5], "channels": 1, "bias": True, "kernel": [5, 5]}
    for op in ("max_pool2d", "avg_pool2d"):
        yield op, {**image, "kernel": [2, 2], "stride": [2, 2]}
        yield op, {**image, "kernel": [2, 3], "stride": [1, 2], "padding": [1, 1]}
        yield op, {**image, "kernel": [4, 3], "stride": [1, 1]}
    yield "max_pool2d", {**image, "kernel": [2, 2], "stride": [1, 1], "dilation": [2, 1], "padding": [1, 0]}
    yield "batch_norm2d", {**image, "eps": 1e-5}
    yield "batch_norm2d", {"image": [3, 2, 2], "eps": 0.1}
    planes = {"image": [3, 2, 3]}
    for reduction in ("none", "sum", "mean"):
        yield "cross_entropy2d", {**planes, "reduction": reduction}
        yield "cross_entropy2d", {**planes, "reduction": reduction, "ignore_index": 255, "weight": [0.5, 2.0, 1.25]}
    yield "cross_entropy2d", {**planes, "reduction": "mean", "label_smoothing": 0.1, "ignore_index": 255}


def main():
    torch.set_num_threads(1)
    all_cases = [case(number, op, attrs) for number, (op, attrs) in enumerate(cases())]
    head = {"format": "autodiff-reference/1", "kind": "layer",
            "source": "PyTorch 1.13.1 (Debian python3-torch 1.13.1+dfsg-4), CPU, float64, one thread",
            "rtol": 1e-9, "atol": 1e-11, "count": len(all_cases)}
    print(json.dumps(head)[:-1] + ', "cases": [')
    print(",\n".join(json.dumps(each) for each in all_cases) + "]}")


main()
