"""Small programs in the style of those that people have, run as files: they learn what they should."""

import runpy
from pathlib import Path

import numpy as np
import pytest

SCRIPTS = Path(__file__).parent / "scripts"
near = pytest.approx


def digits_cnn(g):
    assert g["accuracy"] > 0.9
    assert g["accuracy_of_the_copy"] == g["accuracy"]
    assert g["size_of_the_file"] > 4 * 8000  # the last layers alone


def gan(g):
    assert g["pictures"].shape == (9, 1, 8, 8)
    assert g["pictures"].dtype == np.float32
    assert np.mean(g["distances"][-5:]) < 0.9 * np.mean(g["distances"][:5])
    assert np.mean(g["judged"][-5:]) < g["judged"][0]


def grad_cam(g):
    found, features = g["by_reference"].grad.data, g["feature_map"]  # before and after the relu
    np.testing.assert_allclose(found, features.grad.data * (features.data > 0), rtol=1e-5)
    assert found.any()
    assert g["cam"].shape == (8, 8)
    assert g["cam"].min() >= 0


def higher_derivatives(g):
    x = g["points"]
    np.testing.assert_allclose(g["of_sine"], [np.sin(x), np.cos(x), -np.sin(x), -np.cos(x), np.sin(x)])
    np.testing.assert_allclose(g["of_the_series"], g["of_sine"][:3], atol=1e-12)
    t = np.tanh(x)
    np.testing.assert_allclose(g["of_tanh"][1], 1 - t**2)
    np.testing.assert_allclose(g["of_tanh"][4], 8 * t * (1 - t**2) * (2 - 3 * t**2), atol=1e-12)
    assert g["of_the_penalty"] == near(36 * 2.0**3)


def lstm_sine(g):
    assert g["history"][-1] < g["history"][0] / 5
    expected = np.cos(np.linspace(0, 4 * np.pi, 200))[1:]
    assert np.mean((np.array(g["forecast"][20:-1]) - expected[20:]) ** 2) < 0.2  # the mean alone gives 0.5


def newton(g):
    assert g["from_the_right"][-1] == near(1)
    assert g["from_the_left"][-1] == near(-1)
    assert g["banana"] == near([1, 1], abs=1e-3)


def reinforcement_learning(g):
    assert g["best"].tolist() == [1, 1, 1]
    assert g["values_of_going_right"] == near([0.81, 0.9, 1.0], abs=0.15)
    assert g["chance_of_right"] > 0.7


def spiral(g):
    assert g["history"][-1][0] < g["history"][0][0] / 2
    assert g["tests"][-1][1] > 0.75


def study_group(g):
    assert g["accuracy"] > 0.95
    assert g["sum_loss"] / len(g["train_set"]) < 0.25
    assert g["epoch"] == 9


def style_transfer(g):
    assert g["losses"][-1] < g["losses"][0] / 10
    assert g["picture"].shape == (1, 3, 12, 12)


def vae(g):
    assert g["history"][-1] < 0.8 * g["history"][0]
    assert g["dreams"].shape == (4, 1, 8, 8)
    assert ((g["dreams"] > 0) & (g["dreams"] < 1)).all()


CHECKS = [digits_cnn, gan, grad_cam, higher_derivatives, lstm_sine, newton, reinforcement_learning]
CHECKS += [spiral, study_group, style_transfer, vae]


def test_every_script_is_run():
    assert {path.stem for path in SCRIPTS.glob("*.py")} == {check.__name__ for check in CHECKS}


@pytest.mark.parametrize("check", CHECKS)
def test_script(check, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    state = np.random.get_state()
    np.random.seed(0)
    try:
        found = runpy.run_path(str(SCRIPTS / f"{check.__name__}.py"), run_name="__main__")
    finally:
        np.random.set_state(state)
    check(found)
