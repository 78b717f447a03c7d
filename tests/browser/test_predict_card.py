"""Questions in JupyterLab: locked in before the answer is shown, by keyboard, kept by the kernel."""

from __future__ import annotations

START = "import dezero_widgets as lab\nch = lab.chapter(7)"
CARD = ".dzl-predict-card"


def ask(lab, *cells):
    lab.open_cells([START, *cells])
    lab.run()
    lab.page.wait_for_selector(CARD, timeout=30_000)
    return lab.page.locator(CARD)


def test_lock_in_then_compare(lab):
    card = ask(lab, "card = ch.predict('P07')\ncard")
    lock = card.get_by_role("button", name="Lock in")
    assert lock.is_disabled()
    assert "right answer" not in card.inner_text()
    card.get_by_label("x and y", exact=True).check()
    card.get_by_label("certain").check(force=True)
    lock.click()
    assert "Locked in: x and y." in card.inner_text()
    assert "right answer" not in card.inner_text()
    assert lab.page.evaluate("document.activeElement.textContent") == "Compare"
    lab.page.keyboard.press("Enter")
    assert "✓ right answer" in card.locator(".option.good").inner_text()
    assert "✗ your answer" in card.locator(".option.miss").inner_text()


def test_what_was_answered_survives_a_redraw_and_reaches_the_record(lab):
    card = ask(lab, "card = ch.predict('P07')\ncard", "card")
    first, second = card.nth(0), card.nth(1)
    first.get_by_label("only x", exact=True).check()
    first.get_by_role("button", name="Lock in").click()
    lab.page.evaluate("() => void window.jupyterapp.commands.execute('notebook:insert-cell-below')")
    lab.page.evaluate(
        "() => { const n = window.jupyterapp.shell.currentWidget.content;"
        " n.activeCell.model.sharedModel.setSource('print(ch.progress.prediction(\"P07\"), card.answers)') }"
    )
    lab.command("notebook:run-cell")
    lab.page.wait_for_function(
        "() => [...document.querySelectorAll('.jp-OutputArea-output')].some(o => o.textContent.includes(\"'right': True\"))"
    )
    assert second.count() == 1


def test_arrow_keys_choose_and_do_not_move_the_notebook(lab):
    card = ask(lab, "ch.predict('P07')")
    card.get_by_label("only x", exact=True).focus()
    lab.page.keyboard.press("Space")
    lab.page.keyboard.press("ArrowDown")
    assert card.get_by_label("only y", exact=True).is_checked()


def test_say_it_beside_a_model_sentence(lab):
    card = ask(lab, "ch.say('S07')")
    go = card.get_by_role("button", name="Compare with a model sentence")
    assert go.is_disabled()
    card.get_by_label("Your answer").fill("d d: every variable knows its maker <b>")
    go.click()
    assert "every variable knows its maker <b>" in card.locator(".pair").inner_text()
    assert card.locator(".pair .model").inner_text().strip() != ""


def test_the_exit_ticket(lab):
    card = ask(lab, "ch.reflect()")
    assert card.locator(".q").count() == 3
    card.locator(".q").last.get_by_role("textbox").fill("a graph is a list that learned to walk")
    card.get_by_role("button", name="Keep").click()
    assert "It goes on your share card." in card.inner_text()
