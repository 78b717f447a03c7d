# What did a network look at? The gradient of a score at the last feature map weighs its channels.
import numpy as np

import dezero_lab as dezero
import dezero_lab.functions as F
import dezero_lab.layers as L
from dezero_lab import Model


class SmallVGG(Model):
    def __init__(self):
        super().__init__()
        self.conv1_1 = L.Conv2d(4, kernel_size=3, stride=1, pad=1)
        self.conv1_2 = L.Conv2d(4, kernel_size=3, stride=1, pad=1)
        self.conv2_1 = L.Conv2d(8, kernel_size=3, stride=1, pad=1)
        self.conv2_2 = L.Conv2d(8, kernel_size=3, stride=1, pad=1)
        self.fc = L.Linear(5)

    def features(self, x):
        x = F.relu(self.conv1_1(x))
        x = F.relu(self.conv1_2(x))
        x = F.pooling(x, 2, 2)
        x = F.relu(self.conv2_1(x))
        return F.relu(self.conv2_2(x))

    def forward(self, x):
        x = F.pooling(self.features(x), 2, 2)
        x = F.reshape(x, (x.shape[0], -1))
        return self.fc(F.dropout(x))


model = SmallVGG()
image = np.random.randn(1, 3, 16, 16).astype(np.float32)

with dezero.test_mode():
    score = model(image)
    predict_id = int(np.argmax(score.data))
    target = score[0, predict_id]
    model.cleargrads()
    target.backward(retain_grad=True)
    by_reference = model.conv2_2.outputs[
        0
    ]()  # the layer remembers what it gave, as long as the graph is there

    # the same with the feature map as a variable of our own
    feature_map = dezero.Variable(model.features(image).data)
    h = F.pooling(feature_map, 2, 2)
    again = model.fc(F.reshape(h, (1, -1)))[0, predict_id]
    again.backward()

weights = feature_map.grad.data.mean(axis=(2, 3), keepdims=True)
cam = np.maximum((weights * feature_map.data).sum(axis=1)[0], 0)
cam = cam / max(cam.max(), 1e-7)
