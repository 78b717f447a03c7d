"""Makes the pictures of the README again, from the real widgets in a real browser.

.venv/bin/python tools/readme_images.py            all three, into docs/images
.venv/bin/python tools/readme_images.py korean     one
"""

from __future__ import annotations

import importlib.util
import io
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from dezero_lab import exercises

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
LIMIT = 350_000  # bytes, so that the README opens at once
BELOW_THE_CODE = """() => {
  const cell = document.querySelector('.jp-Cell.jp-mod-active'), outer = cell.closest('.jp-WindowedPanel-outer');
  outer.scrollTop += cell.getBoundingClientRect().top - outer.getBoundingClientRect().top - 46;
  document.activeElement.blur();
}"""


def helper(name: str) -> ModuleType:
    """A module of the browser tests; that folder is no package."""
    spec = importlib.util.spec_from_file_location(
        f"browser_{name}", ROOT / "tests" / "browser" / f"{name}.py"
    )
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"tests/browser/{name}.py is needed to draw the widgets")
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


driver, gallery = helper("driver"), helper("gallery")


@contextmanager
def sharp_page(width: int, height: int, dark: bool = False) -> Iterator[Page]:
    """A page with two device pixels per CSS pixel and no motion."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=driver.browser_path(), args=driver.FLAGS)
        context = browser.new_context(
            viewport={"width": width, "height": height},
            device_scale_factor=2,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        yield context.new_page()
        browser.close()


def keep(name: str, png: bytes) -> None:
    """Write the picture with 256 colours, which screens of text do not miss."""
    target = IMAGES / f"{name}.png"
    IMAGES.mkdir(parents=True, exist_ok=True)
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(256, dither=Image.Dither.NONE).save(target, optimize=True)
    size = target.stat().st_size
    print(f"{target.relative_to(ROOT)}  {picture.width} x {picture.height}  {size / 1000:.0f} kB")
    if size > LIMIT:
        raise SystemExit(f"{target.name} has {size} bytes, more than {LIMIT}; make the page smaller")


def stepper() -> None:
    """A gradient arrives at a variable for the second time, in the middle of a pass."""
    player = gallery.branching()
    steps = [s for s in player.data["runs"][0]["steps"] if s["k"] != "line"]
    second = next(k for k, s in enumerate(steps) if s.get("grad", {}).get("how") == "added")
    with sharp_page(1216, 900) as page:
        gallery.show(page, player)
        page.locator(".dzl-player .dzl-title").click()
        page.keyboard.press("Home")
        for _ in range(second):
            page.keyboard.press("ArrowRight")
        page.mouse.click(600, 880)  # beside it: no focus ring
        keep("stepper", page.locator(".dzl-player").screenshot())


def panel() -> None:
    """A wrong answer, its cause by name, and the case in the graph."""
    with sharp_page(1180, 1100) as page:
        gallery.show(page, gallery.checked("en", "W07.2a"))
        gallery.pose(page, "panel")
        keep("panel", page.locator(".dzl-exercise-panel").screenshot())


def korean() -> None:
    """Chapter 8 in JupyterLab: the engine of chapter 7 beside the learner's loop."""
    with tempfile.TemporaryDirectory() as folder, sharp_page(1440, 1130, dark=True) as page:
        source = next((ROOT / "chapters" / "ko").glob("08_*.ipynb"))
        book = Path(folder) / source.name
        shutil.copy(source, book)
        solve(book, "class Variable(Variable)", exercises.load("E08.1").reference)
        server = driver.Server(Path(folder))
        try:
            lab = driver.Lab(server, page)
            page.evaluate(
                "void window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})"
            )
            page.wait_for_selector("body[data-jp-theme-light=false]", state="attached")
            lab.open(book.name)
            lab.command("application:toggle-left-area")
            lab.run()
            cell(page, 'ch.step(compare="stage 7")')
            page.wait_for_selector(".dzl-sp-compare")
            player = page.locator(".jp-Cell.jp-mod-active .dzl-player")
            player.locator(".dzl-title").click()
            page.keyboard.press("End")
            for _ in range(5):
                page.keyboard.press("ArrowLeft")
            page.evaluate(BELOW_THE_CODE)
            page.mouse.move(720, 4)
            page.wait_for_timeout(600)
            keep("korean", page.screenshot())
        finally:
            server.stop()


def solve(book: Path, marker: str, source: str) -> None:
    """Fill one cell of a notebook."""
    content: dict[str, Any] = json.loads(book.read_text("utf-8"))
    for one in content["cells"]:
        if marker in "".join(one["source"]):
            one["source"] = source
    book.write_text(json.dumps(content, ensure_ascii=False), "utf-8")


def cell(page: Page, text: str) -> None:
    """Scroll the cell with this source to the top."""
    page.evaluate(
        """async (text) => {
          const notebook = window.jupyterapp.shell.currentWidget.content;
          const i = notebook.widgets.findIndex((c) => c.model.sharedModel.source.includes(text));
          notebook.activeCellIndex = i;
          await notebook.scrollToItem(i, 'start');
        }""",
        text,
    )


def main() -> None:
    for name in sys.argv[1:] or ["stepper", "panel", "korean"]:
        {"stepper": stepper, "panel": panel, "korean": korean}[name]()


if __name__ == "__main__":
    main()
