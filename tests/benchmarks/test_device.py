"""The device benchmark: it says so where there is no device, and its two sides compute the same."""

import importlib.util
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

import device

sys.path.pop(0)


@pytest.mark.skipif(device.cuda.gpu_enable, reason="there is a device")
def test_without_a_device_it_says_so(capsys):
    assert device.main([]) == 1
    assert "no device" in capsys.readouterr().out


@pytest.mark.skipif(importlib.util.find_spec("torch") is not None, reason="PyTorch is installed")
def test_without_pytorch_it_says_so(capsys):
    assert device.main(["--cpu"]) == 1
    assert "PyTorch is not installed" in capsys.readouterr().out


@pytest.mark.peers
def test_both_sides_compute_the_same(capsys):
    pytest.importorskip("torch")
    assert device.main(["--cpu", "--short"]) == 0
    out = capsys.readouterr().out
    assert all(title in out for title, *_ in device.CASES)
    assert "disagree" not in out


@pytest.mark.peers
def test_a_wrong_result_is_noticed(capsys, monkeypatch):
    pytest.importorskip("torch")
    monkeypatch.setattr(device.Ours, "product", lambda self, n: lambda: 0.0)
    assert device.main(["--cpu", "--short"]) == 1
    assert "disagree: 0 and" in capsys.readouterr().out
