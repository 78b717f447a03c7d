# A convolutional network on small digits: data augmentation, dropout, weights saved and read again.
import os

import numpy as np

import dezero_lab as dezero
import dezero_lab.functions as F
import dezero_lab.layers as L
from dezero_lab import DataLoader, Model, test_mode
from dezero_lab.transforms import Compose, Normalize, ToFloat

transform = Compose([ToFloat(), Normalize(5.0, 6.0)])
train_loader = DataLoader(dezero.datasets.Digits(train=True, transform=transform), 50)
test_loader = DataLoader(dezero.datasets.Digits(train=False, transform=transform), 50, shuffle=False)


class CNN(Model):
    def __init__(self):
        super().__init__()
        self.conv1 = L.Conv2d(8, kernel_size=3, pad=1)
        self.bn1 = L.BatchNorm()
        self.conv2 = L.Conv2d(16, kernel_size=3, pad=1)
        self.fc1 = L.Linear(32)
        self.fc2 = L.Linear(10)

    def forward(self, x):
        x = F.pooling(F.relu(self.bn1(self.conv1(x))), 2, 2)
        x = F.relu(self.conv2(x))
        x = F.dropout(F.relu(self.fc1(F.flatten(x))), 0.2)
        return self.fc2(x)


def evaluate(model):
    correct = 0
    with dezero.no_grad(), test_mode():
        for x, t in test_loader:
            correct += float(F.accuracy(model(x), t).data) * len(t)
    return correct / len(test_loader.dataset)


model = CNN()
optimizer = dezero.optimizers.MomentumSGD(0.05).setup(model)
optimizer.add_hook(dezero.optimizers.WeightDecay(1e-4))
optimizer.add_hook(dezero.optimizers.ClipGrad(5.0))
for epoch in range(4):
    for x, t in train_loader:
        loss = F.softmax_cross_entropy(model(x), t)
        model.cleargrads()
        loss.backward()
        optimizer.update()

accuracy = evaluate(model)
model.save_weights("cnn.npz")
copy = CNN()
copy(np.zeros((1, 1, 8, 8), dtype=np.float32))
copy.load_weights("cnn.npz")
accuracy_of_the_copy = evaluate(copy)
size_of_the_file = os.path.getsize("cnn.npz")
