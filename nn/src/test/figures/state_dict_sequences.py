"""The state_dict of recurrent layers, as a safetensors file, and what they make of two sequences, printed.

Usage: python3 state_dict_sequences.py FILE [stacked]
(needs Debian's python3-torch). With the second word the modules have several layers. The numbers are (7·i mod 41 - 20) / 50 for i = 0, 1, 2, … in the order of the
state_dict, and those of the sequences -1, -0.9, -0.8, …. The file is written by hand, as `save_file` would: doubles in
the order of the state_dict.
"""

import json
import struct
import sys

import torch
from torch import nn


def main():
    if sys.argv[2:] == ["stacked"]:
        network = nn.Sequential(
            nn.LSTM(3, 2, 2, batch_first=True, bidirectional=True), nn.GRU(4, 3, 3, batch_first=True), nn.Linear(3, 2))
    else:
        network = nn.Sequential(
            nn.LSTM(3, 2, batch_first=True), nn.GRU(2, 3, batch_first=True, bidirectional=True),
            nn.RNN(6, 2, batch_first=True), nn.Linear(2, 2))
    network.double()
    header, data, number = {"__metadata__": {"format": "pt"}}, b"", 0
    for name, tensor in network.state_dict().items():
        count = tensor.numel()
        values = (torch.arange(number, number + count, dtype=torch.float64) * 7 % 41 - 20) / 50
        tensor.copy_(values.reshape(tensor.shape))
        number += count
        bits = struct.pack(f"<{count}d", *values.tolist())
        header[name] = {"dtype": "F64", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(bits)]}
        data += bits
    made = (torch.arange(24, dtype=torch.float64) / 10 - 1).reshape(2, 4, 3)
    for layer in network:
        made = layer(made)
        made = made[0] if isinstance(made, tuple) else made
    print(made[:, -1].tolist())
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(sys.argv[1], "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


main()
