"""The saved HTML file, opened with the network off: it plays, asks, compares, and stays text."""

from __future__ import annotations

import numpy as np
import pytest

from dezero_lab.graph import Graph, layout, unfold
from dezero_lab.trace import record
from dezero_widgets.export_html import write_replay
from dezero_widgets.screenplay import player_payload


class Variable:
    def __init__(self, data):
        self.data, self.grad, self.creator = data, None, None

    def backward(self):
        self.grad = np.ones_like(self.data)
        funcs = [self.creator]
        while funcs:
            f = funcs.pop()
            for x, gx in zip(f.inputs, f.backward(f.output.grad), strict=True):
                x.grad = gx if x.grad is None else self.join(x.grad, gx)
                if x.creator is not None:
                    funcs.append(x.creator)

    def join(self, old, new):
        return old + new


class Overwriting(Variable):
    def join(self, old, new):
        return new


class Function:
    def __call__(self, *inputs):
        self.inputs = inputs
        self.output = type(inputs[0])(self.forward(*[x.data for x in inputs]))
        self.output.creator = self
        return self.output


class Mul(Function):
    def forward(self, a, b):
        return a * b

    def backward(self, gy):
        a, b = self.inputs[0].data, self.inputs[1].data
        return gy * b, gy * a


class Sum(Function):
    def forward(self, x):
        return np.sum(x)

    def backward(self, gy):
        return (np.broadcast_to(gy, self.inputs[0].data.shape),)


NASTY = "<img src=x onerror=alert(1)>"


def product(cls=Variable, name="x", value=None):
    names = {}
    with record(cls, Function, names=names) as tape:
        x = names[name] = cls(np.array(3.0) if value is None else value)
        y = Mul()(x, x)
        if value is not None:
            y = Sum()(y)
        y.backward()
    return tape


@pytest.fixture
def play(page, tmp_path):
    def play(payload):
        path = write_replay(payload, tmp_path / "pass.html")
        page.goto(path.as_uri())
        page.wait_for_selector('#dzl-app[data-ready="1"]', state="attached", timeout=10_000)
        page.locator(".dzl-title").click()
        return page

    return play


# Nodes as (id, x, y of the centre).
WHERE = """[...document.querySelectorAll('.dzl-node')].map(n => {
  const box = n.querySelector('rect'), at = (a, b) => Number(box.getAttribute(a)) + Number(box.getAttribute(b)) / 2;
  return [n.dataset.id, at('x', 'width'), at('y', 'height')] })"""
CLICK = """id => document.querySelector(`.dzl-node[data-id='${id}']`)
  .dispatchEvent(new MouseEvent('click', {bubbles: true}))"""


def where(page):
    return sorted(page.evaluate(WHERE))


def told(payload):
    return [step for step in payload["runs"][0]["steps"] if step["k"] != "line"]


def text(page, selector):
    found = page.locator(selector)
    return found.text_content() if selector == ".dzl-svg" else found.inner_text()  # SVG has no inner text


def press(page, key, times=1):
    for _ in range(times):
        page.keyboard.press(key)


def steps_until(payload, condition):
    return next(k for k, step in enumerate(told(payload)) if condition(step))


def test_it_plays_offline_from_first_to_last(play):
    payload = player_payload(product(), title="Square by hand")
    page = play(payload)
    total = len(told(payload))
    seen = []
    for k in range(total):
        assert page.locator("#dzl-app").get_attribute("data-step") == str(k)
        seen.append(text(page, ".dzl-sp-sentence"))
        press(page, "ArrowRight")
    assert len(set(seen)) == total
    assert "gy * b" in "".join(seen)


def test_nodes_appear_at_their_step_and_never_move(play):
    page = play(player_payload(product()))
    shown = "document.querySelectorAll('.dzl-node:not(.dzl-off)').length"
    first, counts = where(page), [page.evaluate(shown)]
    for _ in range(12):
        press(page, "ArrowRight")
        assert where(page) == first
        counts.append(page.evaluate(shown))
    assert counts[0] == 1
    assert counts == sorted(counts)
    assert counts[-1] == len(first)


def test_the_second_share_is_shown_as_a_sum_or_as_a_loss(play):
    for cls, label, note in (
        (Variable, "grad 3.0 → 6.0", "3.0 there + 3.0"),
        (Overwriting, "grad 3.0 → 3.0", "3.0 was there, replaced"),
    ):
        payload = player_payload(product(cls))
        page = play(payload)
        k = steps_until(payload, lambda s: s.get("grad", {}).get("how") in ("added", "replaced"))
        press(page, "ArrowRight", k)
        assert label in text(page, ".dzl-svg")
        assert note in text(page, ".dzl-svg")


def test_the_running_line_is_lit_and_in_sight(play):
    payload = player_payload(product())
    page = play(payload)
    press(page, "ArrowRight", steps_until(payload, lambda s: s.get("grad", {}).get("how") == "added"))
    line = page.locator(".dzl-sp-codeline.dzl-sp-now")
    assert line.count() == 1
    assert "return old + new" in line.inner_text() or "x.grad =" in line.inner_text()
    box, pane = line.bounding_box(), page.locator(".dzl-sp-code").bounding_box()
    assert pane["y"] <= box["y"]
    assert box["y"] + box["height"] <= pane["y"] + pane["height"]


def test_predicting_hides_the_answer_asks_counts_and_goes_on(play):
    payload = player_payload(product(), predict=True)
    gate = steps_until(payload, lambda s: s["k"] == "give")
    page = play(payload)
    press(page, "ArrowRight", gate)
    assert page.locator("#dzl-app").get_attribute("data-step") == str(gate - 1)
    assert "What will x.grad be?" in text(page, ".dzl-sp-sentence")
    assert "6.0" not in text(page, ".dzl-sp-sentence") + text(page, ".dzl-svg")
    assert "grad ?" in text(page, ".dzl-svg")
    page.keyboard.type("5")
    press(page, "Enter")
    assert "You said 5. It is 6.0." in text(page, ".dzl-sp-sentence")
    assert text(page, ".dzl-sp-tally") == "0 of 1 right"
    press(page, "Enter")
    assert page.locator("#dzl-app").get_attribute("data-step") == str(gate)


def test_the_next_button_answers_an_open_question_too(play):
    payload = player_payload(product(), predict=True)
    gate = steps_until(payload, lambda s: s["k"] == "give")
    page = play(payload)
    press(page, "ArrowRight", gate)
    following = page.get_by_role("button", name="One step on")
    following.click()
    assert "It is 6.0." in text(page, ".dzl-sp-sentence")
    following.click()
    assert page.locator("#dzl-app").get_attribute("data-step") == str(gate)
    assert text(page, ".dzl-sp-tally") == ""  # looking is no answer


def test_lines_of_code_are_skipped_until_they_are_switched_on(play):
    payload = player_payload(product())
    steps = payload["runs"][0]["steps"]
    page = play(payload)
    slider = page.get_by_role("slider")
    assert slider.get_attribute("aria-valuemax") == str(len(told(payload)))
    press(page, "ArrowRight", 3)
    sentence = text(page, ".dzl-sp-sentence").split(". ", 1)[1]
    page.get_by_role("button", name="Every line: off").click()
    assert slider.get_attribute("aria-valuemax") == str(len(steps))
    assert text(page, ".dzl-sp-sentence").split(". ", 1)[1] == sentence  # the same moment
    press(page, "ArrowRight")
    assert "Variable.backward" in text(page, ".dzl-sp-sentence")
    assert "is next" in text(page, ".dzl-sp-sentence")


def test_groups_open_in_place_with_the_sums_of_the_python_side(play):
    with record(Variable, Function, names={}, lines=False) as tape:
        x = Variable(np.array(1.0))
        for _ in range(24):
            x = Mul()(x, x)
    scene = layout(Graph.from_tape(tape), fold_above=20)
    payload = player_payload(tape)
    payload["runs"][0]["scene"] = scene.to_json()
    page = play(payload)
    press(page, "End")
    folded = where(page)
    group = scene.groups[1].id
    page.evaluate(CLICK, group)
    expected = sorted((node.id, node.x, node.y) for node in unfold(scene, [group]).nodes)
    opened = where(page)
    assert len(opened) > len(folded)
    assert [name for name, *_ in opened] == [name for name, *_ in expected]
    assert [(x, y) for _, x, y in opened] == [pytest.approx((x, y), abs=0.5) for _, x, y in expected]
    page.evaluate(CLICK, group)
    assert where(page) == folded


def test_an_array_is_asked_by_its_shape(play):
    payload = player_payload(product(value=np.arange(6.0).reshape(2, 3)), predict=True)
    page = play(payload)
    press(page, "ArrowRight", steps_until(payload, lambda s: s["k"] == "give"))
    assert "Which shape" in text(page, ".dzl-sp-sentence")
    page.keyboard.type("2 x 3")
    press(page, "Enter")
    assert "Right: (2, 3)" in text(page, ".dzl-sp-sentence")


def test_values_show_arrays_as_numbers_and_who_shares_memory(play):
    payload = player_payload(product(value=np.arange(6.0).reshape(2, 3)))
    page = play(payload)
    page.get_by_role("tab", name="Values").click()
    press(page, "End")
    values = text(page, ".dzl-sp-values")
    assert "(2, 3) float64" in values
    assert page.locator(".dzl-sp-values .dzl-sp-cell").count() >= 12
    assert page.locator(".dzl-node[data-id=v1] .dzl-thumb rect").count() == 6  # the pattern in the pill, too


def test_comparing_stops_at_the_first_difference(play):
    payload = player_payload(product(), compare=product(Overwriting), compare_titles=("mine", "before"))
    page = play(payload)
    assert [e.inner_text() for e in page.locator(".dzl-sp-runtitle").all()] == ["mine", "before"]
    press(page, "ArrowRight", payload["differs"])
    left, right = page.locator(".dzl-sp-sentence").all()
    assert "adds" in left.inner_text()
    assert "overwritten" in right.inner_text()
    assert "Here the two engines part." in right.inner_text()


@pytest.mark.parametrize("compare", [False, True])
def test_presenting_needs_no_scrolling_at_720_lines(play, page, compare):
    page.set_viewport_size({"width": 1280, "height": 720})
    played = play(player_payload(product(), compare=product(Overwriting) if compare else None))
    played.get_by_role("button", name="Present").click()
    played.wait_for_selector(".dzl-sp-present", timeout=5_000)
    press(played, "ArrowRight", 12)
    played.wait_for_timeout(300)
    boxes = [
        e.bounding_box()
        for e in played.locator(".dzl-node:not(.dzl-off), .dzl-sp-sentence, .dzl-sp-bar").all()
    ]
    assert len(boxes) > 4
    for box in boxes:
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= 1281
        assert box["y"] + box["height"] <= 721


def test_presenting_keeps_the_answer_until_the_second_press(play, page):
    payload = player_payload(product())
    gate = steps_until(payload, lambda s: s["k"] == "give")
    played = play(payload)
    played.get_by_role("button", name="Present").click()
    played.wait_for_selector(".dzl-sp-present", timeout=5_000)
    press(played, "ArrowRight", gate)
    assert "What will x.grad be?" in text(played, ".dzl-sp-sentence")
    assert played.locator("input").count() == 0
    press(played, "ArrowRight")
    assert "It is 6.0." in text(played, ".dzl-sp-sentence")
    press(played, "ArrowRight")
    assert played.locator("#dzl-app").get_attribute("data-step") == str(gate)


def test_a_hostile_name_is_a_name(play):
    page = play(
        player_payload(product(name=NASTY), title=NASTY, subtitle="</script><script>alert(2)</script>")
    )
    press(page, "End")
    page.get_by_role("tab", name="Values").click()
    page.get_by_role("tab", name="Table").click()
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 2
    assert NASTY in text(page, ".dzl-title")
    assert NASTY in text(page, ".dzl-sp-twin")


def test_an_exception_is_shown_with_its_line(play):
    class Bad(Mul):
        def backward(self, gy):
            raise ValueError("no slope today")

    try:
        with record(Variable, Function, names={}) as tape:
            x = Variable(np.array(3.0))
            Bad()(x, x).backward()
    except ValueError:
        pass
    page = play(player_payload(tape))
    press(page, "End")
    assert "no slope today" in text(page, ".dzl-sp-sentence")
    assert "raise ValueError" in text(page, ".dzl-sp-codeline.dzl-sp-fail")
    assert page.locator(".dzl-sp-tick-error").count() == 1


def test_play_runs_to_the_end_by_itself(play):
    payload = player_payload(product())
    page = play(payload)
    for _ in range(2):
        page.locator(".dzl-sp-speed").click()
    assert text(page, ".dzl-sp-speed") == "4×"
    page.keyboard.press("End")
    press(page, "ArrowLeft", 2)
    page.locator(".dzl-title").click()
    page.keyboard.press("Space")
    total = len(told(payload))
    page.wait_for_selector(f'#dzl-app[data-step="{total - 1}"]', state="attached", timeout=6_000)
    page.wait_for_selector(".dzl-sp-play[aria-pressed=false]", timeout=3_000)


def test_reduced_motion_moves_nothing(play, page):
    page.emulate_media(reduced_motion="reduce")
    played = play(player_payload(product()))
    press(played, "ArrowRight")
    assert played.locator(".dzl-token").count() == 0


def test_values_travel_along_the_wires_otherwise(play, page):
    page.emulate_media(reduced_motion="no-preference")
    played = play(player_payload(product()))
    press(played, "ArrowRight")
    assert played.locator(".dzl-token").count() >= 1
    played.wait_for_selector(".dzl-token", state="detached", timeout=3_000)


def test_the_language_switches_where_one_is(play):
    page = play(player_payload(product(), title="Twice"))
    press(page, "ArrowRight", 4)
    english = text(page, ".dzl-sp-sentence")
    page.get_by_role("button", name="한국어").click()
    assert page.locator("#dzl-app").get_attribute("data-step") == "4"
    assert "5단계" in text(page, ".dzl-sp-sentence")
    page.get_by_role("button", name="English").click()
    assert text(page, ".dzl-sp-sentence") == english


def test_a_long_list_of_variables_is_shown_around_the_active_one(play):
    with record(Variable, Function, names={}, lines=False) as tape:
        x = Variable(np.array(1.0))
        for _ in range(90):
            x = Mul()(x, x)
    page = play(player_payload(tape))
    press(page, "End")
    assert page.locator(".dzl-sp-values tbody tr").count() == 61
    assert "32 to 91 of 91" in text(page, ".dzl-sp-values")


def test_the_card_is_a_picture_for_a_chat(play, tmp_path):
    page = play(player_payload(product(), title="Twice"))
    press(page, "End")
    with page.expect_download() as download:
        page.get_by_role("button", name="PNG card").click()
    download.value.save_as(tmp_path / "card.png")
    data = (tmp_path / "card.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")) == (1200, 675)
    assert 10_000 < len(data) < 400_000


def test_nothing_recorded_says_so(play, page, tmp_path):
    with record(Variable, Function, names={}) as tape:
        pass
    path = write_replay(player_payload(tape), tmp_path / "nothing.html")
    page.goto(path.as_uri())
    assert "Nothing was recorded" in text(page, "#dzl-app")


def test_korean_everywhere(play):
    page = play(player_payload(product(), title="곱셈", lang="ko"))
    press(page, "ArrowRight", 3)
    assert page.locator("html").get_attribute("lang") == "ko"
    words = text(page, ".dzl-player")
    for word in ("내 코드", "값", "재생", "순전파", "역전파", "단계"):
        assert word in words
    assert "세대" not in words  # this engine does not count generations
    assert "Step " not in words
