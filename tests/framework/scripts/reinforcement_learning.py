# Q-learning and a policy gradient in a corridor of five fields: the right end is worth 1, the left one nothing.
import copy

import numpy as np

import dezero_lab.functions as F
import dezero_lab.layers as L
from dezero_lab import Model, optimizers

FIELDS, LEFT, RIGHT = 5, 0, 1
rows = np.eye(FIELDS, dtype=np.float32)


def walk(field, action):
    field += 1 if action == RIGHT else -1
    return field, float(field == FIELDS - 1), field in (0, FIELDS - 1)


class Net(Model):
    def __init__(self, last):
        super().__init__()
        self.l1 = L.Linear(16)
        self.l2 = L.Linear(2)
        self.last = last

    def forward(self, x):
        return self.last(self.l2(F.relu(self.l1(x))))


q = Net(lambda scores: scores)
q(rows)  # used before it is copied
frozen = copy.deepcopy(q)
optimizer = optimizers.Adam(0.01).setup(q)
memory, losses, gamma = [], [], 0.9
for episode in range(60):
    if episode % 10 == 0:
        frozen = copy.deepcopy(q)
    field, done = 2, False
    while not done and len(memory) < 3000:
        if np.random.rand() < 0.3:
            action = np.random.choice(2)
        else:
            action = q(rows[field][np.newaxis, :]).data.argmax()
        following, reward, done = walk(field, action)
        memory.append((field, action, reward, following, done))
        field = following
        if len(memory) < 16:
            continue
        chosen = [memory[i] for i in np.random.randint(len(memory), size=16)]
        fields, actions, rewards, followings, ends = (np.array(part) for part in zip(*chosen, strict=True))
        values = q(rows[fields])[np.arange(16), actions]
        later = frozen(rows[followings]).max(axis=1)
        later.unchain()
        goal = rewards + (1 - ends) * gamma * later
        loss = F.mean_squared_error(values, goal)
        q.cleargrads()
        loss.backward()
        optimizer.update()
        losses.append(float(loss.data))
values_of_going_right = q(rows[1:4]).data[:, RIGHT]
best = q(rows[1:4]).data.argmax(axis=1)

policy = Net(F.softmax)
optimizer = optimizers.Adam(0.02).setup(policy)
for _ in range(60):
    field, done, taken = 2, False, []
    while not done:
        chances = policy(rows[field][np.newaxis, :])[0]
        action = np.random.choice(len(chances), p=chances.data / chances.data.sum())
        field, reward, done = walk(field, action)
        taken.append((reward, chances[action]))
    gain, loss = 0, 0
    for reward, chance in reversed(taken):
        gain = reward + gamma * gain
        loss += -F.log(chance) * gain
    policy.cleargrads()
    loss.backward()
    optimizer.update()
chance_of_right = float(policy(rows[2][np.newaxis, :]).data[0, RIGHT])
