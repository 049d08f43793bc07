"""Figures of recurrent layers and attention from PyTorch: outputs, gradients and second derivatives.

Usage: python3 sequences.py > FILE
(needs Debian's python3-torch). A batch is a matrix with a row per example, the steps side by side. `rnn`, `gru` and
`lstm` have the inputs x, state (of `lstm` h and c side by side), weight_ih, weight_hh, bias_ih, bias_hh; the output is
the outputs of all steps, then the state after the last one. `bidirectional` has the inputs x and the weights of the
two layers of the kind `cell`, from states of zeros; the output is the outputs of all steps, then the last output of
each layer. `attention` is MultiheadAttention with one head, or
so many `heads`, its weights of query, key and value apart. `lengths`, where given, is how many steps of each row there are; outputs beyond
are zeros. Weights are outputs x inputs.
"""

import json

import torch

ROWS, STEPS = 3, 4


def numbers(generator, *shape):
    return (torch.rand(*shape, generator=generator, dtype=torch.float64) * 2 - 1).requires_grad_()


def recurrent(kind, features, hidden, lengths, generator, directions=1):
    gates = {"rnn": 1, "gru": 3, "lstm": 4}[kind]
    ends = ["", "_reverse"][:directions]
    names = ["x", "state"][:3 - directions] + [
        name + end for end in ends for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
    shapes = [(ROWS, STEPS * features), (ROWS, hidden * (2 if kind == "lstm" else 1))][:3 - directions] + [
        (gates * hidden, features), (gates * hidden, hidden), (1, gates * hidden), (1, gates * hidden)] * directions
    inputs = [numbers(generator, *shape) for shape in shapes]
    x = inputs[0].reshape(ROWS, STEPS, features)
    weights = [w[0] if w.shape[0] == 1 else w for w in inputs[3 - directions:]]
    layer = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[kind](
        features, hidden, batch_first=True, bidirectional=directions == 2)
    layer = layer.double()
    for name in list(layer._parameters):
        del layer._parameters[name]
    for name, weight in zip(layer._flat_weights_names, weights):
        object.__setattr__(layer, name, weight)
    layer._flat_weights = weights
    start = None
    if directions == 1:
        start = inputs[1].unsqueeze(0)
        if kind == "lstm":
            start = (start[..., :hidden].contiguous(), start[..., hidden:].contiguous())
    steps = x if lengths is None else torch.nn.utils.rnn.pack_padded_sequence(
        x, torch.tensor(lengths), batch_first=True, enforce_sorted=False)
    outputs, after = layer(steps, start)
    if lengths is not None:
        outputs, _ = torch.nn.utils.rnn.pad_packed_sequence(outputs, batch_first=True, total_length=STEPS)
    after = [*after[0], *after[1]] if kind == "lstm" else list(after)
    if directions == 2:
        after = after[:2]
    return names, inputs, torch.cat([outputs.reshape(ROWS, -1), *after], 1)


def attention(width, heads, causal, lengths, generator):
    names = ["x", "query", "key", "value", "query_bias", "key_bias", "value_bias", "output", "output_bias"]
    shapes = [(ROWS, STEPS * width)] + [(width, width)] * 3 + [(1, width)] * 3 + [(width, width), (1, width)]
    inputs = [numbers(generator, *shape) for shape in shapes]
    x = inputs[0].reshape(ROWS, STEPS, width).transpose(0, 1)
    later = torch.triu(torch.ones(STEPS, STEPS, dtype=torch.bool), 1) if causal else None
    padding = None
    if lengths is not None:
        padding = torch.arange(STEPS)[None, :] >= torch.tensor(lengths)[:, None]
    y, _ = torch.nn.functional.multi_head_attention_forward(
        x, x, x, width, heads, torch.cat(inputs[1:4]), torch.cat(inputs[4:7], 1)[0], None, None, False, 0.0, inputs[7],
        inputs[8][0], training=False, key_padding_mask=padding, need_weights=True, attn_mask=later)
    y = y.transpose(0, 1)
    if lengths is not None:
        y = torch.where(padding[:, :, None], torch.zeros_like(y), y)
    return names, inputs, y.reshape(ROWS, -1)


def rows(matrix):
    return matrix.detach().tolist()


def case(number, op, attrs, made, generator):
    names, inputs, output = made
    upstream = numbers(generator, *output.shape).detach()
    gradients = torch.autograd.grad((output * upstream).sum(), inputs, create_graph=True)
    directions = [numbers(generator, *x.shape).detach() for x in inputs]
    along = sum((g * v).sum() for g, v in zip(gradients, directions))
    squares = sum((g * g).sum() for g in gradients)

    def slopes(of):
        found = torch.autograd.grad(of, inputs, retain_graph=True, allow_unused=True)
        return [rows(torch.zeros_like(x) if f is None else f) for f, x in zip(found, inputs)]

    return {
        "id": f"sequence/{op}/{number:03d}", "op": op, "attrs": attrs,
        "inputs": [{"name": n, "value": rows(x), "grad": True} for n, x in zip(names, inputs)],
        "output": rows(output), "grad_output": rows(upstream), "grads": [rows(g) for g in gradients],
        "second": {"v": [rows(v) for v in directions], "hvp": slopes(along), "sumsq": squares.item(),
                   "grad_sumsq": slopes(squares)},
    }


def main():
    generator = torch.Generator().manual_seed(15)
    cases = []
    for kind in ("rnn", "gru", "lstm"):
        for lengths in (None, [4, 1, 3]):
            attrs = {} if lengths is None else {"lengths": lengths}
            made = recurrent(kind, 2, 3, lengths, generator)
            cases.append(case(len(cases), kind, attrs, made, generator))
    for causal in (False, True):
        for lengths in (None, [4, 1, 3]):
            attrs = {"causal": causal} if lengths is None else {"causal": causal, "lengths": lengths}
            made = attention(3, 1, causal, lengths, generator)
            cases.append(case(len(cases), "attention", attrs, made, generator))
    for attrs in ({"causal": False, "heads": 2, "lengths": [4, 1, 3]}, {"causal": True, "heads": 2}):
        made = attention(4, 2, attrs["causal"], attrs.get("lengths"), generator)
        cases.append(case(len(cases), "attention", attrs, made, generator))
    for attrs in ({"cell": "rnn"}, {"cell": "gru", "lengths": [4, 1, 3]}, {"cell": "lstm", "lengths": [4, 1, 3]}):
        made = recurrent(attrs["cell"], 2, 2, attrs.get("lengths"), generator, 2)
        cases.append(case(len(cases), "bidirectional", attrs, made, generator))
    head = {"format": "autodiff-reference/1", "kind": "layer",
            "source": "PyTorch 1.13.1 (Debian python3-torch 1.13.1+dfsg-4), CPU, float64", "rtol": 1e-9, "atol": 1e-11,
            "count": len(cases)}
    lines = ",\n".join(json.dumps(each, separators=(",", ":")) for each in cases)
    print(json.dumps(head, separators=(",", ":"))[:-1] + ',"cases":[\n' + lines + "\n]}")


if __name__ == "__main__":
    main()
