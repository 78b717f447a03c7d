# The next value of a noisy sine, by an LSTM; gradients go back through fifteen steps at most.
import numpy as np

import dezero_lab as dezero
import dezero_lab.functions as F
import dezero_lab.layers as L
from dezero_lab import Model, SeqDataLoader

window = 15


class Forecaster(Model):
    def __init__(self, hidden_size):
        super().__init__()
        self.memory = L.LSTM(hidden_size)
        self.out = L.Linear(1)

    def reset_state(self):
        self.memory.reset_state()

    def forward(self, x):
        return self.out(self.memory(x))


curve = dezero.datasets.SinCurve(train=True)
steps = SeqDataLoader(curve, batch_size=30)
model = Forecaster(16)
optimizer = dezero.optimizers.Adam(0.01).setup(model)

history = []
for epoch in range(8):
    model.reset_state()
    loss, errors = 0, []
    for i, (x, t) in enumerate(steps, start=1):
        loss += F.mean_squared_error(model(x), t)
        if i % window == 0:
            model.cleargrads()
            loss.backward()
            loss.unchain_backward()
            optimizer.update()
            errors.append(float(loss.data) / window)
            loss = 0
    history.append(sum(errors) / len(errors))

model.reset_state()
forecast = []
with dezero.no_grad():
    for value in np.cos(np.linspace(0, 4 * np.pi, 200)):
        forecast.append(float(model(np.array([[value]])).data[0, 0]))
