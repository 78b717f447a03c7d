# Two networks against each other on small digits: transposed convolutions, batch normalisation, two optimizers.
import numpy as np

import dezero_lab as dezero
import dezero_lab.functions as F
import dezero_lab.layers as L
from dezero_lab import DataLoader, Model
from dezero_lab.models import Sequential

epochs, batch, noise_size = 2, 64, 16


class Painter(Model):
    def __init__(self):
        super().__init__()
        self.fc = L.Linear(16 * 2 * 2)
        self.bn_fc = L.BatchNorm()
        self.up1 = L.Deconv2d(8, kernel_size=4, stride=2, pad=1)
        self.bn_up1 = L.BatchNorm()
        self.up2 = L.Deconv2d(1, kernel_size=4, stride=2, pad=1)

    def forward(self, z):
        h = F.relu(self.bn_fc(self.fc(z)))
        h = F.reshape(h, (len(h), 16, 2, 2))
        h = F.relu(self.bn_up1(self.up1(h)))
        return F.sigmoid(self.up2(h))


painter = Painter()
judge = Sequential(
    L.Conv2d(8, kernel_size=3, stride=2, pad=1),
    F.leaky_relu,
    L.Conv2d(16, kernel_size=3, stride=2, pad=1),
    L.BatchNorm(),
    F.leaky_relu,
    F.flatten,
    L.Linear(1),
)
for_painter = dezero.optimizers.Adam(alpha=0.002, beta1=0.5).setup(painter)
for_judge = dezero.optimizers.Adam(alpha=0.002, beta1=0.5).setup(judge)
for_painter.add_hook(dezero.optimizers.WeightDecay(1e-5))

digits = DataLoader(dezero.datasets.Digits(transform=lambda x: x.astype("f") / 16), batch)
if dezero.cuda.gpu_enable:
    digits.to_gpu()
    painter.to_gpu()
    judge.to_gpu()
real, fake = np.ones(batch, dtype=int), np.zeros(batch, dtype=int)


def noise(size):
    return np.random.uniform(-1, 1, (size, noise_size)).astype(np.float32)


distances, judged, painted = [], [], []
for epoch in range(epochs):
    for x, _ in digits:
        if len(x) < batch:
            continue
        picture = painter(noise(batch))
        loss = F.sigmoid_cross_entropy(judge(x), real) + F.sigmoid_cross_entropy(judge(picture.data), fake)
        judge.cleargrads()
        loss.backward()
        for_judge.update()
        judged.append(float(loss.data))

        loss = F.sigmoid_cross_entropy(judge(picture), real)
        painter.cleargrads()
        judge.cleargrads()
        loss.backward()
        for_painter.update()
        painted.append(float(loss.data))
        distances.append(float(abs(picture.data.mean(axis=0) - x.mean(axis=0)).mean()))

with dezero.test_mode():
    pictures = painter(noise(9)).data
