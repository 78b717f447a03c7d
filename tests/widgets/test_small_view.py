"""The shared forms of the small views: text aligned also with Hangul, a picture that escapes what it is given."""

from dezero_lab.graph.text import terminal_width
from dezero_widgets.small_view import Twin, as_svg, as_text, number, words

TWIN = Twin("Title <b>", ["one & two"], ["이름", "value"], [["x", "1 < 2"], ["긴 이름", "3"]])


def test_columns_line_up_when_hangul_is_two_wide():
    rows = as_text(TWIN).splitlines()[2:]
    assert (
        len(
            {
                terminal_width(row[: row.index(mark)])
                for row, mark in zip(rows, ["value", "1 <", "3"], strict=True)
            }
        )
        == 1
    )


def test_the_picture_escapes_every_text():
    svg = as_svg(TWIN)
    assert "Title &lt;b&gt;" in svg
    assert "one &amp; two" in svg
    assert "1 &lt; 2" in svg
    assert "<b>" not in svg


def test_a_twin_without_rows_has_no_table():
    assert as_text(Twin("T", ["only a line"], ["a"], [])) == "T\n  only a line"


def test_numbers_that_cannot_be_placed_are_none():
    assert number(1.5) == 1.5
    assert number(float("inf")) is None
    assert words("en")("box", "상자") == "box"
