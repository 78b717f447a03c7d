# A variational autoencoder: a network with two results, noise inside the graph, a loss of two parts.
import numpy as np

import dezero_lab as dezero
import dezero_lab.functions as F
import dezero_lab.layers as L
from dezero_lab import DataLoader, Model


class Recogniser(Model):
    def __init__(self, size):
        super().__init__()
        self.hidden = L.Linear(48)
        self.mean = L.Linear(size)
        self.log_var = L.Linear(size)

    def forward(self, x):
        h = F.relu(self.hidden(F.flatten(x)))
        return self.mean(h), self.log_var(h)


class Painter(Model):
    def __init__(self):
        super().__init__()
        self.start = L.Linear(8 * 4 * 4)
        self.up = L.Deconv2d(8, kernel_size=4, stride=2, pad=1)
        self.last = L.Conv2d(1, kernel_size=3, stride=1, pad=1)

    def forward(self, z):
        h = F.relu(self.start(z)).reshape(z.shape[0], 8, 4, 4)
        return F.sigmoid(self.last(F.relu(self.up(h))))


class VAE(Model):
    def __init__(self, size):
        super().__init__()
        self.size = size
        self.recogniser = Recogniser(size)
        self.painter = Painter()

    def forward(self, x, samples=1):
        mean, log_var = self.recogniser(x)
        loss = 0
        for _ in range(samples):
            noise = np.random.randn(*mean.shape).astype("f")
            y = self.painter(mean + F.exp(log_var / 2) * noise)
            loss += F.binary_cross_entropy(F.flatten(y), F.flatten(x)) / samples
        divergence = 0.5 * (mean**2 + F.exp(log_var) - log_var - 1)
        return loss + F.sum(divergence) / len(x)

    def dream(self, count):
        return self.painter(np.random.randn(count, self.size).astype("f"))


vae = VAE(4)
optimizer = dezero.optimizers.Adam(0.005).setup(vae)
digits = dezero.datasets.Digits(transform=lambda x: x.astype("f") / 16)
loader = DataLoader(digits, 50)

history = []
for epoch in range(6):
    total = 0
    for x, _ in loader:
        loss = vae(x)
        vae.cleargrads()
        loss.backward()
        optimizer.update()
        total += float(loss.data) * len(x)
    history.append(total / len(digits))

with dezero.no_grad():
    dreams = vae.dream(4).data
