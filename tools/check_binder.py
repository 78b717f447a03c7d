"""Check the Binder set-up without Docker: `make binder`.

repo2docker writes the Dockerfile that Binder would build; the pip part of the environment is installed into a
clean virtual environment; postBuild runs there as a user who is not root; binder/start must bring up a server
that answers. What this cannot check: the conda part and the size of the image.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
NEEDED_IN_DOCKERFILE = (
    '--file "binder/environment.yml"',
    "./binder/postBuild",
    "binder/start",
    "fonts-noto-cjk",
)
NOBODY = 65534


def step(text: str) -> None:
    print(f"binder: {text}", flush=True)


def require(condition: bool, message: str) -> None:
    if not condition:
        raise SystemExit(f"binder: {message}")


def check_files() -> list[str]:
    """The two environment files agree with each other and with constraints.txt; returns the pip part."""
    root_file, binder_file = ROOT / "environment.yml", ROOT / "binder" / "environment.yml"
    require(
        root_file.read_bytes() == binder_file.read_bytes(),
        "environment.yml and binder/environment.yml differ; copy the first over the second",
    )
    for name in ("postBuild", "start"):
        require(os.access(ROOT / "binder" / name, os.X_OK), f"binder/{name} must be executable (chmod +x)")
        subprocess.run(["bash", "-n", str(ROOT / "binder" / name)], check=True)
    dependencies = yaml.safe_load(root_file.read_text(encoding="utf-8"))["dependencies"]
    pip_part = next(d["pip"] for d in dependencies if isinstance(d, dict))
    locked = {line.split(" ;")[0].strip() for line in (ROOT / "constraints.txt").read_text().splitlines()}
    stale = [pin for pin in pip_part if pin not in locked]
    require(not stale, f"these pins are not those of constraints.txt: {', '.join(stale)}")
    return pip_part


def check_dockerfile() -> None:
    command = [
        "jupyter-repo2docker",
        "--no-build",
        "--debug",
        "--user-id",
        "1000",
        "--user-name",
        "jovyan",
        str(ROOT),
    ]
    tool = Path(sys.executable).with_name(command[0])
    done = subprocess.run([str(tool), *command[1:]], capture_output=True, text=True, timeout=300)
    text = done.stdout + done.stderr
    require(done.returncode == 0, f"repo2docker failed:\n{text[-2000:]}")
    for needed in NEEDED_IN_DOCKERFILE:
        require(needed in text, f"the Dockerfile does not mention {needed!r}")
    require("Python version unspecified" not in text, "repo2docker did not find the Python version")


def copy_of_the_repository(target: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    for name in filter(None, tracked.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def server_answers(url: str, process: subprocess.Popen[bytes], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2) as reply:
                return reply.status == 200
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    return False


def another_user() -> dict[str, Any]:
    """How `subprocess` starts a program as somebody who is not root; empty when we are not root ourselves."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


def python_for(user: dict[str, Any]) -> str:
    """An interpreter that this user may run: the one we run in may lie in root's home."""
    for python in (sys.executable, "/usr/bin/python3"):
        with contextlib.suppress(OSError):
            if (
                subprocess.run(
                    [python, "-c", "import ensurepip"], stderr=subprocess.DEVNULL, **user
                ).returncode
                == 0
            ):
                return python
    raise SystemExit("binder: no Python that a user who is not root may run; apt-get install python3-venv")


def main() -> None:
    pip_part = check_files()
    step("environment files, pins and scripts agree")
    check_dockerfile()
    step("repo2docker writes the Dockerfile that we expect")
    with tempfile.TemporaryDirectory(prefix="dezero-binder-") as folder:
        base = Path(folder)
        base.chmod(0o755)
        venv, repository, home = base / "venv", base / "repository", base / "home"
        user = another_user()
        subprocess.run([python_for(user), "-m", "venv", str(venv)], check=True)
        pip = [str(venv / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *pip_part], check=True)
        step("the pip part installs into a clean environment")
        home.mkdir()
        copy_of_the_repository(repository)
        environment = {**os.environ, "PATH": f"{venv / 'bin'}:{os.environ['PATH']}", "HOME": str(home)}
        environment.pop("DEZERO_LAB_DATA", None)
        if user:
            for path in (base, *base.rglob("*")):
                os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
        subprocess.run(["binder/postBuild"], cwd=repository, env=environment, check=True, **user)
        step("postBuild runs as a user who is not root")
        port = free_port()
        command = ["binder/start", "jupyter", "lab", "--no-browser", "--ip=127.0.0.1", f"--port={port}"]
        server = subprocess.Popen(
            [*command, "--IdentityProvider.token=binder"],
            cwd=repository,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **user,
        )
        try:
            answers = server_answers(f"http://127.0.0.1:{port}/api/status?token=binder", server, 60)
            require(answers, "binder/start did not bring up a server that answers")
            step("binder/start brings up a server that answers")
        finally:
            server.terminate()
            server.wait(20)


if __name__ == "__main__":
    main()
