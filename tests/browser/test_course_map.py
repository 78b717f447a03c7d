"""The course map in JupyterLab: by keyboard, with its links, and as a table."""

from __future__ import annotations

import json

import pytest

MAP = ".dzl-course-map"


@pytest.fixture
def course(lab):
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    empty = {"cells": [], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    (lab.server.root / "07_automating_backpropagation.ipynb").write_text(json.dumps(empty), encoding="utf-8")
    lab.open_cells(["import dezero_widgets as lab\nlab.course_map()"])
    lab.run()
    lab.page.wait_for_selector(f"{MAP} .dot", timeout=30_000)
    return lab


def test_every_concept_is_a_dot_and_one_is_in_the_tab_order(course):
    dots = course.page.locator(f"{MAP} .map .dot")
    assert dots.count() == 171
    assert course.page.locator(f"{MAP} .map .dot[tabindex='0']").count() == 1


def test_arrows_move_the_focus(course):
    page = course.page
    page.locator(f"{MAP} .map .dot[tabindex='0']").focus()
    before = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowRight")
    right = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowDown")
    down = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert len({before, right, down}) == 3
    assert page.evaluate("document.activeElement.matches('.dzl-course-map .dot.here')")
    name = down.split(",")[0]
    assert page.locator(f"{MAP} .side h3").inner_text() == name


def test_focus_shows_what_it_builds_on(course):
    page = course.page
    page.get_by_role("button", name="recursive backward, chapter 7").click()
    assert page.locator(f"{MAP} .map .dot.need").count() == 3
    assert page.locator(f"{MAP} .wire:not(.gain)").count() == 3
    assert page.locator(f"{MAP} .wire.gain").count() == 2
    assert page.locator(f"{MAP} .side .chip.needs").count() == 3


def test_the_link_opens_the_notebook_in_jupyterlab(course):
    page = course.page
    page.get_by_role("button", name="recursive backward, chapter 7").click()
    page.locator(f"{MAP} .side a.go").click()
    page.wait_for_function(
        "window.jupyterapp.shell.currentWidget?.context?.path === '07_automating_backpropagation.ipynb'",
        timeout=30_000,
    )
    course.close()
    page.wait_for_selector(f"{MAP} .map .dot")


def test_table_twin(course):
    page = course.page
    page.locator(f"{MAP} summary").click()
    page.wait_for_selector(f"{MAP} details tbody tr")
    assert page.locator(f"{MAP} details tbody tr").count() == 171


def test_narrow(course):
    course.page.set_viewport_size({"width": 700, "height": 900})
    wide = course.page.evaluate(
        "() => { const m = document.querySelector('.dzl-course-map'); return m.scrollWidth - m.clientWidth }"
    )
    assert wide <= 0
