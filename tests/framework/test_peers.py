"""Comparisons with other projects are skipped where those are missing, but not unseen: `make peers` has all of them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PEERS = re.compile(r'importorskip\("(torch|scipy|onnx)')


@pytest.mark.parametrize("path", sorted(HERE.glob("test_*.py")), ids=lambda path: path.stem)
def test_what_needs_a_peer_is_marked(path):
    text = path.read_text(encoding="utf-8")
    assert (
        bool(PEERS.search(text)) == ("pytestmark = pytest.mark.peers" in text) or path.name == "test_peers.py"
    )


def test_a_missing_peer_ends_the_run(tmp_path):
    (tmp_path / "torch.py").write_text("raise OSError('no build for this processor')")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "peers", str(HERE / "test_against_torch.py")],
        env={**os.environ, "DEZERO_LAB_PEERS": "1", "PYTHONPATH": str(tmp_path)},
        cwd=HERE.parents[1],
        capture_output=True,
        text=True,
    )  # fmt: skip
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert (
        "make peers compares with torch, which cannot be imported here (OSError: no build for" in done.stderr
    )
