# The training loop that the study group aims at; only its import lines name this package.
import dezero_lab as dezero
import dezero_lab.functions as F
from dezero_lab import DataLoader
from dezero_lab.models import MLP

train_set = dezero.datasets.Digits()
batch_size, hidden_size, max_epoch = 100, 100, 10

train_loader = DataLoader(train_set, batch_size)
model = MLP((hidden_size, hidden_size, 10), activation=F.relu)
optimizer = dezero.optimizers.Adam().setup(model)
optimizer.add_hook(dezero.optimizers.WeightDecay(1e-4))  # Weight decay

if dezero.cuda.gpu_enable:
    train_loader.to_gpu()
    model.to_gpu()

for epoch in range(max_epoch):
    sum_loss, sum_acc = 0, 0

    for x, t in train_loader:
        y = model(x)
        loss = F.softmax_cross_entropy(y, t)
        acc = F.accuracy(y, t)
        model.cleargrads()
        loss.backward()
        optimizer.update()

        sum_loss += float(loss.data) * len(t)
        sum_acc += float(acc.data) * len(t)

accuracy = sum_acc / len(train_set)
