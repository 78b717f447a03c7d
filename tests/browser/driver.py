"""A real JupyterLab in a real browser, one of each for the whole session.

    lab.open_cells(["print(1)", ...])   a fresh notebook with these cells, kernel idle
    lab.run()                           run all cells, wait
    lab.page                            Playwright's page

The server gets its own configuration folders, so nothing of the developer's is read or written. The browser resolves no
name but 127.0.0.1: what works here works offline.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

from playwright.sync_api import Page, sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]  # fmt: skip
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
KERNEL_IDLE = """(() => {
  const panel = window.jupyterapp?.shell?.currentWidget;
  const kernel = panel?.sessionContext?.session?.kernel;
  return !!(panel?.content?.model && kernel && kernel.status === 'idle' && kernel.connectionStatus === 'connected');
})()"""
NOTEBOOK = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook .jp-Cell"


def outside(url: str) -> bool:
    """Whether an address is not on this machine; such a request means that something needs the network."""
    return urlparse(url).hostname not in (None, "127.0.0.1", "localhost")


def browser_path() -> str | None:
    """An installed Chromium, or None."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


@contextlib.contextmanager
def open_browser(width: int = 1280, height: int = 900, dark: bool = False) -> Iterator[Page]:
    """A page of a headless Chromium that sees nothing but this machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), headless=True, args=FLAGS)
        page = browser.new_page(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
        )
        try:
            yield page
        finally:
            browser.close()


class Server:
    """JupyterLab on a free port with its files in `root`."""

    def __init__(self, root: Path) -> None:
        with socket.socket() as sock:
            sock.bind(("127.0.0.1", 0))
            self.port = sock.getsockname()[1]
        self.root = root
        self.token = "test"
        self._home = Path(tempfile.mkdtemp(prefix="dezero-lab-test-"))
        settings = self._home / "app-settings"
        settings.mkdir()
        no_news = {"fetchNews": "false", "checkForUpdates": False}
        (settings / "overrides.json").write_text(
            json.dumps({"@jupyterlab/apputils-extension:notification": no_news}), encoding="utf-8"
        )
        names = (
            "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "JUPYTERLAB_SETTINGS_DIR",
            "JUPYTERLAB_WORKSPACES_DIR", "DEZERO_LAB_DATA",
        )  # fmt: skip
        self._own = {name: str(self._home / name.lower()) for name in names}
        self._start()

    def _start(self) -> None:
        self._log = (self._home / "server.log").open("a", encoding="utf-8")
        self._process = subprocess.Popen(
            [
                sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", "--ip=127.0.0.1",
                f"--port={self.port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={self.token}",
                f"--ServerApp.root_dir={self.root}", "--LabApp.expose_app_in_browser=True",
                f"--LabApp.app_settings_dir={self._home / 'app-settings'}",
            ],
            stdout=self._log, stderr=subprocess.STDOUT, env={**os.environ, **self._own},
        )  # fmt: skip
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + 90
        while True:
            try:
                urllib.request.urlopen(self.url("api/status"), timeout=2).close()
                return
            except OSError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    text = (self._home / "server.log").read_text(encoding="utf-8")
                    self.stop()
                    raise RuntimeError(f"the Jupyter server did not start:\n{text[-3000:]}") from None
                time.sleep(0.1)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}/{path}?token={self.token}"

    def restart(self) -> None:
        """Stop it with all its kernels, and start it again on the same port with the same folders."""
        self._end()
        self._start()

    def stop(self) -> None:
        self._end()
        shutil.rmtree(self._home, ignore_errors=True)

    def _end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)
        self._log.close()


class Lab:
    """One server and one page; notebooks come and go in it."""

    def __init__(self, server: Server, page: Page) -> None:
        self.server = server
        self.page = page
        self.problems: list[str] = []
        self._count = 0
        page.on("pageerror", lambda error: self.problems.append(f"{error}\n{error.stack}"))
        page.on("requestfailed", lambda r: self.problems.append(r.url) if outside(r.url) else None)
        self.load()

    def load(self) -> None:
        """Load JupyterLab afresh, with nothing open. Kernels go on."""
        self.page.goto(self.server.url("lab/workspaces/test") + "&reset")
        self.page.wait_for_function("!!window.jupyterapp?.restored", timeout=90_000)
        self.page.evaluate("window.jupyterapp.restored.then(() => { window.__restored = true })")
        self.page.wait_for_function("window.__restored", timeout=90_000)

    def open_cells(self, cells: list[str]) -> None:
        """A new notebook made of code cells, open and with an idle kernel."""
        self._count += 1
        name = f"test_{self._count}.ipynb"
        (self.server.root / name).write_text(json.dumps(notebook(cells)), encoding="utf-8")
        self.open(name)

    def open(self, name: str) -> None:
        """Open a notebook of the server's folder and wait until its kernel is idle."""
        self.page.evaluate(
            "name => void window.jupyterapp.commands.execute('docmanager:open', {path: name, factory: 'Notebook'})",
            name,
        )
        self.page.wait_for_function(
            "name => window.jupyterapp.shell.currentWidget?.context?.path === name", arg=name, timeout=60_000
        )
        self.page.wait_for_selector(NOTEBOOK, timeout=60_000)
        self.page.wait_for_function(KERNEL_IDLE, timeout=60_000)

    def command(self, name: str, timeout: float = 120_000, **args: object) -> None:
        """Run a JupyterLab command and wait for it; an awaited `evaluate` would have no time limit."""
        self.page.evaluate(
            "([name, args]) => void (window.__done = false,"
            " window.jupyterapp.commands.execute(name, args).finally(() => { window.__done = true }))",
            [name, args],
        )
        self.page.wait_for_function("window.__done", timeout=timeout)

    def theme(self, name: str) -> None:
        """Switch JupyterLab's theme. It shows its splash for that, and stumbles when asked again before that is gone."""
        splash = "#jupyterlab-splash"
        self.page.wait_for_selector(splash, state="detached", timeout=20_000)
        self.command("apputils:change-theme", theme=name)
        self.page.wait_for_function(
            "name => document.body.dataset.jpThemeName === name", arg=name, timeout=20_000
        )
        self.page.wait_for_selector(splash, state="detached", timeout=20_000)

    def run(self, timeout: float = 120_000) -> None:
        """Run all cells."""
        self.command("notebook:run-all-cells", timeout)

    def kill_kernel(self) -> None:
        """Shut the kernel of the open notebook down."""
        self.page.evaluate("void window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
        self.page.wait_for_function("!window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel")

    def close(self) -> None:
        """Close the open notebook without asking."""
        self.page.evaluate("""void (async () => {
          const panel = window.jupyterapp.shell.currentWidget;
          window.__closed = false;
          try { await panel.sessionContext.shutdown(); } catch (e) { /* it may be gone already */ }
          panel.context.model.dirty = false;
          panel.close();
          window.__closed = true;
        })()""")
        self.page.wait_for_function("window.__closed", timeout=30_000)


def notebook(cells: list[str]) -> dict[str, object]:
    """A notebook of code cells, as JSON."""
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "cells": [
            {
                "cell_type": "code",
                "id": f"c{i}",
                "metadata": {},
                "execution_count": None,
                "outputs": [],
                "source": text,
            }
            for i, text in enumerate(cells)
        ],
    }
