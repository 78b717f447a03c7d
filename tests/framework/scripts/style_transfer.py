# The only parameter is the picture: its features shall be those of one image, their correlations those of another.
import numpy as np

import dezero_lab as dezero
import dezero_lab.functions as F
import dezero_lab.layers as L
from dezero_lab import Model, Parameter


class Eye(Model):
    def __init__(self):
        super().__init__()
        self.near = L.Conv2d(6, kernel_size=3, stride=1, pad=1, in_channels=3)
        self.far = L.Conv2d(8, kernel_size=3, stride=1, pad=1, in_channels=6)

    def forward(self, x):
        near = F.relu(self.near(x))
        return near, F.relu(self.far(F.average_pooling(near, 2, 2)))


def correlations(features):
    _, C, H, W = features.shape
    flat = features.reshape(C, H * W)
    return F.matmul(flat, flat.T) / (C * H * W)


def roughness(x):
    down = x[:, :, 1:, :] - x[:, :, :-1, :]
    across = x[:, :, :, 1:] - x[:, :, :, :-1]
    return F.sum(down**2) + F.sum(across**2)


eye = Eye()
rows = np.arange(12) / 12
content = np.broadcast_to(rows[:, None] > 0.5, (1, 3, 12, 12)).astype("f")
style = np.broadcast_to(np.sin(rows * 40), (1, 3, 12, 12)).astype("f")
with dezero.no_grad():
    _, wanted_features = eye(content)
    wanted_correlations = [correlations(features) for features in eye(style)]

model = Model()
model.picture = Parameter(np.random.rand(*content.shape).astype("f"))
optimizer = dezero.optimizers.Adam(alpha=0.1).setup(model)

losses = []
for _ in range(40):
    seen = eye(model.picture)
    loss = F.mean_squared_error(seen[1], wanted_features) + 1e-3 * roughness(model.picture)
    for features, wanted in zip(seen, wanted_correlations, strict=True):
        loss = loss + 20.0 * F.mean_squared_error(correlations(features), wanted)
    eye.cleargrads()
    model.cleargrads()
    loss.backward()
    optimizer.update()
    losses.append(float(loss.data))
picture = model.picture.data
