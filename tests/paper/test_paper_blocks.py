"""Lines end where a reader expects, in any direction."""

import pytest

from regimens.paper import text
from regimens.paper.blocks import Line, Span, Style, TextBlock, break_lines, line_width
from regimens.paper.faces import MissingGlyph

SIZE = 10.0
NARROW = 100.0


def lines_of(*spans: Span, width: float = NARROW) -> list[Line]:
    return list(break_lines(spans, SIZE, width))


def words_of(line: Line) -> str:
    return "".join((" " if chunk.space else "") + chunk.text for chunk in line)


def test_words_go_on_the_next_line_when_one_is_full() -> None:
    lines = lines_of(Span("one two three four five six seven eight nine ten"))

    assert len(lines) > 1
    assert " ".join(map(words_of, lines)) == "one two three four five six seven eight nine ten"


@pytest.mark.parametrize(
    "words",
    [
        "one two three four five six seven eight nine ten",
        "x" * 200,
        "\u5979\u559c\u6b22\u65e9\u4e0a\u6765\u8bca\u6240" * 6,
        "\u0645\u062d\u0645\u062f \u0639\u0628\u062f \u0627\u0644\u0631\u062d\u0645\u0646 " * 5,
    ],
)
def test_no_line_is_wider_than_its_place(words: str) -> None:
    lines = lines_of(Span(text.clean(words)))

    assert len(lines) > 1
    assert max(line_width(line, SIZE) for line in lines) <= NARROW


def test_chinese_breaks_between_signs_but_not_before_a_full_stop() -> None:
    words = "\u5979\u559c\u6b22\u65e9\u4e0a\u3002" * 10

    lines = [words_of(line) for line in lines_of(Span(words))]

    assert "".join(lines) == words
    assert not any(line.startswith("\u3002") for line in lines)


def test_a_broken_word_keeps_its_accents() -> None:
    word = "x\u0301" * 60

    lines = [words_of(line) for line in lines_of(Span(word))]

    assert "".join(lines) == word
    assert not any(line.startswith("\u0301") for line in lines)


def test_a_no_break_space_holds_a_number_and_its_unit_together() -> None:
    lines = [words_of(line) for line in lines_of(Span("take every day 1\u00a0mg"), width=80)]

    assert any("1\u00a0mg" in line for line in lines)


def test_a_glued_span_is_on_the_line_of_the_span_before_it() -> None:
    label, value = Span("Number"), Span("943\u00a0476", glued=True)

    lines = [words_of(line) for line in lines_of(Span("some words here"), label, value)]

    assert lines[-1] == "Number 943\u00a0476"


def test_spans_keep_their_own_direction_side_by_side() -> None:
    (line,) = lines_of(
        Span("\u0631\u0642\u0645"), Span("44\u00a012\u00a098", glued=True), width=300
    )

    assert [(chunk.text, chunk.right_to_left) for chunk in line] == [
        ("\u0631\u0642\u0645", True),
        ("44\u00a012\u00a098", False),
    ]


def test_a_block_with_a_missing_glyph_cannot_be_made() -> None:
    with pytest.raises(MissingGlyph):
        TextBlock("Ann \U0001f600", Style())


def test_a_block_splits_at_the_end_of_a_page_and_loses_no_line() -> None:
    block = TextBlock("word " * 60, Style(), bullet=True)
    _, height = block.wrap(NARROW, 1000)

    parts = block.split(NARROW, height / 2)

    heights = [part.wrap(NARROW, 1000)[1] for part in parts]
    assert len(parts) == 2
    assert sum(heights) == height
    assert heights[0] <= height / 2


def test_a_block_with_no_room_for_a_line_goes_to_the_next_page_whole() -> None:
    assert TextBlock("word " * 60, Style()).split(NARROW, 5) == []
