"""The step player in a real JupyterLab: drawn, stepped, no key lost to the notebook, alive without its kernel."""

from __future__ import annotations

import pytest

CELLS = [
    """
import numpy as np
from dezero_lab.stages.ch07 import Exp, Function, Square, Variable
from dezero_lab.trace import record
from dezero_widgets.step_player import StepPlayer
with record(Variable, Function) as tape:
    x = Variable(np.array(0.5))
    y = Square()(Exp()(Square()(x)))
    y.grad = np.array(1.0)
    y.backward()
""",
    "player = StepPlayer(tape, 'Chain'); player",
    "player.save('by_python.html').name",
]
PLAYER = ".jp-NotebookPanel:not(.lm-mod-hidden) .dzl-player"


@pytest.fixture
def player(lab):
    lab.open_cells(CELLS)
    lab.run()
    lab.page.wait_for_selector(f'[data-ready="1"] > {".dzl-player"}', state="attached", timeout=20_000)
    lab.page.locator(PLAYER).scroll_into_view_if_needed()
    lab.page.locator(f"{PLAYER} .dzl-title").click()
    return lab


def step(lab):
    return int(lab.page.locator(PLAYER).get_attribute("data-step"))


def last(lab):
    return int(lab.page.locator(f"{PLAYER} [role=slider]").get_attribute("aria-valuemax")) - 1


def cells(lab):
    return lab.page.evaluate("window.jupyterapp.shell.currentWidget.content.widgets.length")


def test_it_steps_with_the_keyboard_and_says_where_it_is(player):
    keyboard = player.page.keyboard
    assert step(player) == 0
    keyboard.press("ArrowRight")
    keyboard.press("ArrowRight")
    assert step(player) == 2
    slider = player.page.locator(f"{PLAYER} [role=slider]")
    assert slider.get_attribute("aria-valuenow") == "3"
    assert "Square.forward returned 0.25" in slider.get_attribute("aria-valuetext")
    assert "x ** 2 = 0.5 ** 2 = 0.25" in player.page.locator(f"{PLAYER} .dzl-sp-sentence").inner_text()
    keyboard.press("ArrowLeft")
    assert step(player) == 1
    keyboard.press("End")
    assert step(player) == last(player)
    keyboard.press("Home")
    assert step(player) == 0


def test_notebook_keys_typed_inside_do_nothing_to_the_notebook(player):
    before = cells(player)
    for key in "ddabxzcv00m":
        player.page.keyboard.press(key)
    assert cells(player) == before
    player.page.keyboard.press("Escape")
    player.page.keyboard.press("b")
    player.page.wait_for_function(
        f"window.jupyterapp.shell.currentWidget.content.widgets.length === {before + 1}", timeout=5_000
    )


def test_tab_goes_through_every_control_and_out_again(player):
    names = []
    for _ in range(30):
        player.page.keyboard.press("Tab")
        inside = player.page.evaluate(f"document.activeElement.closest('{'.dzl-player'}') !== null")
        if not inside:
            break
        names.append(
            player.page.evaluate(
                "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"
            )
        )
    assert not inside
    for name in ("Present", "Values", "First step", "Play", "Last step", "Position in the pass"):
        assert name in names


def test_it_plays_without_its_kernel(player):
    player.kill_kernel()
    player.page.locator(f"{PLAYER} .dzl-title").click()
    player.page.keyboard.press("End")
    assert step(player) == last(player)
    player.page.get_by_role("tab", name="Values").click()
    assert "0.25" in player.page.locator(f"{PLAYER} .dzl-sp-values").inner_text()


def test_python_can_jump_to_a_step(player):
    player.page.evaluate(
        """void window.jupyterapp.shell.currentWidget.sessionContext.session.kernel
             .requestExecute({code: 'player.step = 3'})"""
    )
    player.page.wait_for_selector(f'{PLAYER}[data-step="3"]', state="attached", timeout=10_000)


def test_the_browser_saves_the_same_file_as_python(player, tmp_path):
    with player.page.expect_download() as download:
        player.page.locator(f"{PLAYER} button", has_text="Save as HTML").click()
    target = tmp_path / "by_browser.html"
    download.value.save_as(target)
    assert download.value.suggested_filename == "chain.html"
    assert target.read_bytes() == (player.server.root / "by_python.html").read_bytes()


def test_it_follows_the_theme_as_it_switches(player):
    colour = f"getComputedStyle(document.querySelector('{PLAYER}')).backgroundColor"
    light = player.page.evaluate(colour)
    try:
        player.theme("JupyterLab Dark")
        player.page.wait_for_selector(f'{PLAYER}[data-theme="dark"]', timeout=10_000)
        assert player.page.evaluate(colour) != light
    finally:
        player.theme("JupyterLab Light")
        player.page.wait_for_selector(f'{PLAYER}[data-theme="light"]', timeout=10_000)


@pytest.mark.parametrize("width", [1280, 1920])
def test_nothing_sticks_out_of_the_cell(player, width):
    player.page.set_viewport_size({"width": width, "height": 900})
    player.page.keyboard.press("End")
    player.page.wait_for_timeout(300)
    outside = player.page.evaluate(f"""(() => {{
      const root = document.querySelector('{PLAYER}');
      const box = root.getBoundingClientRect();
      return [...root.querySelectorAll('button, .dzl-sp-track, .dzl-sp-sentence, .dzl-sp-panel, .dzl-sp-work, .dzl-canvas')]
        .filter((e) => e.offsetParent !== null)
        .filter((e) => {{ const b = e.getBoundingClientRect(); return b.left < box.left - 1 || b.right > box.right + 1; }})
        .map((e) => e.className);
    }})()""")
    assert outside == []


def test_presenting_fills_the_screen_and_escape_comes_back(player):
    player.page.set_viewport_size({"width": 1280, "height": 720})
    player.page.locator(f"{PLAYER} button", has_text="Present").click()
    player.page.wait_for_function(
        f"document.querySelector('{PLAYER}').getBoundingClientRect().width === window.innerWidth",
        timeout=5_000,
    )
    sizes = player.page.evaluate(
        f"[...document.querySelectorAll('{PLAYER} .dzl-sp-sentence, {PLAYER} .dzl-sp-code')].map("
        "e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 17
    player.page.keyboard.press("Escape")
    player.page.wait_for_function(f"!document.querySelector('{PLAYER}').classList.contains('dzl-sp-present')")
