"""Times PyTorch's training step on the networks of LayersBenchmark, in double precision on one thread.

Microseconds a step, the least of seven times a second; needs python3-torch (1.13.1 was used).
"""

import time

import torch
from torch import nn

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
torch.manual_seed(1)


class Last(nn.Module):
    """The output of a recurrent layer's last step, through a dense layer."""

    def __init__(self, recurrent):
        super().__init__()
        self.recurrent = recurrent
        self.dense = nn.Linear(64, 10)

    def forward(self, x):
        return self.dense(self.recurrent(x)[0][:, -1])


def lenet():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10))


NETWORKS = {
    "lenet": (lenet(), torch.randn(64, 1, 28, 28)),
    "gru": (Last(nn.GRU(16, 64, batch_first=True)), torch.randn(32, 50, 16)),
    "lstm": (Last(nn.LSTM(16, 64, batch_first=True)), torch.randn(32, 50, 16)),
}

for name, (network, x) in NETWORKS.items():
    labels = torch.arange(len(x)) % 10
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01)
    times = []
    for _ in range(7):
        count, start = 0, time.process_time()
        while time.process_time() - start < 1:
            optimizer.zero_grad()
            nn.functional.cross_entropy(network(x), labels).backward()
            optimizer.step()
            count += 1
        times.append((time.process_time() - start) / count)
    print(f"{name} {1e6 * min(times):.0f}")
