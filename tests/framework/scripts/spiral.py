# Three arms of a spiral: a small network, one data loader for training and one for testing.
import dezero_lab
import dezero_lab.functions as F
from dezero_lab import DataLoader, optimizers
from dezero_lab.models import MLP

train_set, test_set = dezero_lab.datasets.Spiral(train=True), dezero_lab.datasets.Spiral(train=False)
train_loader, test_loader = DataLoader(train_set, 30), DataLoader(test_set, 30, shuffle=False)
model = MLP((20, 3))
optimizer = optimizers.SGD(lr=1.0).setup(model)


def one_round(loader, learn):
    losses = hits = 0
    for x, t in loader:
        y = model(x)
        loss = F.softmax_cross_entropy(y, t)
        if learn:
            model.cleargrads()
            loss.backward()
            optimizer.update()
        losses += float(loss.data) * len(t)
        hits += float(F.accuracy(y, t).data) * len(t)
    return losses / len(loader.dataset), hits / len(loader.dataset)


history, tests = [], []
for epoch in range(100):
    history.append(one_round(train_loader, learn=True))
    with dezero_lab.no_grad():
        tests.append(one_round(test_loader, learn=False))
