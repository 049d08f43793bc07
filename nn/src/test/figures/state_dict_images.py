"""The state_dict of layers for images, as a safetensors file, and what they make of an image, printed.

Usage: python3 state_dict_images.py FILE
(needs Debian's python3-torch). The numbers are (7·i mod 41 - 20) / 50 for i = 0, 1, 2, … in the order of the
state_dict, and those of the image -1, -0.9, -0.8, …; running variances are 1 more. The file is written by hand, as `save_file` would: doubles, whole
numbers for counts, in the order of the state_dict.
"""

import json
import struct
import sys

import torch
from torch import nn


def main():
    network = nn.Sequential(
        nn.Conv2d(2, 4, (3, 2), stride=(1, 2), padding=1, groups=2), nn.BatchNorm2d(4), nn.Tanh(),
        nn.ConvTranspose2d(4, 6, 2, stride=2, groups=2, bias=False), nn.Conv2d(6, 1, 1), nn.Flatten(),
        nn.Linear(32, 2)).double().eval()
    number = 0
    state = network.state_dict()
    for name, tensor in state.items():
        if tensor.dtype == torch.float64:
            count = tensor.numel()
            values = (torch.arange(number, number + count, dtype=torch.float64) * 7 % 41 - 20) / 50
            tensor.copy_(values.reshape(tensor.shape) + (1 if name.endswith("running_var") else 0))
            number += count
    image = (torch.arange(24, dtype=torch.float64) / 10 - 1).reshape(1, 2, 4, 3)
    print(network(image).tolist())
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, tensor in state.items():
        whole = tensor.dtype == torch.int64
        bits = struct.pack(f"<{tensor.numel()}{'q' if whole else 'd'}", *tensor.reshape(-1).tolist())
        header[name] = {"dtype": "I64" if whole else "F64", "shape": list(tensor.shape),
                        "data_offsets": [len(data), len(data) + len(bits)]}
        data += bits
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(sys.argv[1], "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


main()
