"""Paragraphs for platypus, set by `text.draw`: wrapped, split over pages, in any script.

reportlab's own Paragraph is not used: it reads markup, orders words before it breaks lines,
and shapes a word with the font of its first letter only.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from reportlab.lib.colors import Color, black
from reportlab.platypus import Flowable

from regimens.paper import text

# Chinese and Japanese have no spaces: a line may end after any sign but not before these.
WIDE = re.compile("([\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
NEVER_FIRST = "、。，．：；！？）」』】》〉ー々"
MARKS = re.compile(
    r"[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u200c\u200d]"
)


@dataclass(frozen=True)
class Style:
    """How a block is set; lengths in points."""

    size: float = 10.0
    leading: float = 14.5
    colour: Color = black
    bold: bool = False
    space_before: float = 0.0
    space_after: float = 0.0
    align: str = "left"

    def scaled(self, factor: float) -> "Style":
        """The same style with every length multiplied."""
        return replace(
            self,
            size=self.size * factor,
            leading=self.leading * factor,
            space_before=self.space_before * factor,
            space_after=self.space_after * factor,
        )


class Span(NamedTuple):
    """Words of one weight. Each span keeps its own direction, as if set apart.

    A `glued` span starts on the line on which the span before it ends.
    """

    text: str
    bold: bool = False
    glued: bool = False


class Chunk(NamedTuple):
    """Words of one span on one line; `space` tells whether a space comes before them."""

    text: str
    bold: bool
    right_to_left: bool
    space: bool


class Piece(NamedTuple):
    """What is never broken: a word, or one Chinese sign; `width` without the space before."""

    span: int
    text: str
    space: bool
    width: float
    gap: float


Line = tuple[Chunk, ...]
BULLET, BULLET_INDENT = "\u2022", 1.1


class TextBlock(Flowable):
    """A paragraph of plain words or spans, optionally behind a bullet."""

    def __init__(
        self, content: str | Sequence[Span], style: Style, *, bullet: bool = False
    ) -> None:
        super().__init__()
        spans = [Span(content)] if isinstance(content, str) else content
        self.spans = [s._replace(text=text.clean(s.text), bold=s.bold or style.bold) for s in spans]
        for span in self.spans:
            # Now, not on the page: platypus would swallow which character is missing.
            text.runs(span.text, span.bold)
        self.style = style
        self.bullet = bullet
        self.lines: list[Line] = []

    @property
    def indent(self) -> float:
        return self.style.size * BULLET_INDENT if self.bullet else 0.0

    def getSpaceBefore(self) -> float:
        return self.style.space_before

    def getSpaceAfter(self) -> float:
        return self.style.space_after

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.lines = list(break_lines(self.spans, self.style.size, available_width - self.indent))
        self.width, self.height = available_width, len(self.lines) * self.style.leading
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        self.wrap(available_width, available_height)
        return self._set_lines().split(available_width, available_height)

    def _set_lines(self) -> "SetLines":
        return SetLines(self.lines, self.style, self.indent, self.bullet)

    def draw(self) -> None:
        part = self._set_lines()
        part.wrap(self.width, self.height)
        part.drawOn(self.canv, 0, 0)


class SetLines(Flowable):
    """Lines already broken: what TextBlock draws, and its parts at the end of a page."""

    def __init__(self, lines: list[Line], style: Style, indent: float, bullet: bool) -> None:
        super().__init__()
        self.lines, self.style, self.indent, self.bullet = lines, style, indent, bullet

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width, self.height = available_width, len(self.lines) * self.style.leading
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        fitting = int(available_height // self.style.leading)
        if fitting < 1:
            return []
        rest = SetLines(self.lines[fitting:], self.style, self.indent, bullet=False)
        first = SetLines(self.lines[:fitting], self.style, self.indent, self.bullet)
        return [first, rest] if rest.lines else [first]

    def draw(self) -> None:
        style = self.style
        # Capitals, 0.71 of the size high, sit in the middle of their line.
        y = self.height - style.leading / 2 - 0.36 * style.size
        if self.bullet:
            text.draw(self.canv, 0, y, BULLET, style.size, colour=style.colour)
        for line in self.lines:
            x = self.indent
            if style.align == "right":
                x = self.width - line_width(line, style.size)
            for chunk in line:
                x += self._draw_chunk(chunk, x, y)
            y -= style.leading

    def _draw_chunk(self, chunk: Chunk, x: float, y: float) -> float:
        words, used = chunk.text, 0.0
        if chunk.space and chunk.right_to_left:
            used = text.width(" ", self.style.size, bold=chunk.bold)
        elif chunk.space:
            words = " " + words
        return used + text.draw(
            self.canv,
            x + used,
            y,
            words,
            self.style.size,
            bold=chunk.bold,
            colour=self.style.colour,
            right_to_left=chunk.right_to_left,
        )


def line_width(line: Line, size: float) -> float:
    """Points that a broken line takes."""
    return sum(
        text.width(chunk.text, size, bold=chunk.bold)
        + (text.width(" ", size, bold=chunk.bold) if chunk.space else 0)
        for chunk in line
    )


def break_lines(spans: Sequence[Span], size: float, width: float) -> Iterator[Line]:
    """Break the words, in the order they are read, into lines of at most `width` points."""
    line: list[Piece] = []
    used = 0.0
    for unit in _units(spans, size, width):
        needed = _unit_width(unit)
        gap = unit[0].gap if line else 0.0
        if line and used + gap + needed > width:
            yield _joined(line, spans)
            line, used, gap = [], 0.0, 0.0
        line.extend(unit)
        used += gap + needed
    if line:
        yield _joined(line, spans)


def _unit_width(unit: Sequence[Piece]) -> float:
    return sum(piece.width for piece in unit) + sum(piece.gap for piece in unit[1:])


def _units(spans: Sequence[Span], size: float, width: float) -> Iterator[list[Piece]]:
    """Pieces that stay together; those too long for a line are given one by one."""
    unit: list[Piece] = []
    for number, span in enumerate(spans):
        for position, piece in enumerate(_pieces(number, span, size, width)):
            glued = span.glued and position == 0 and unit
            if glued and _unit_width([*unit, piece]) <= width:
                unit.append(piece)
                continue
            if unit:
                yield unit
            unit = [piece]
    if unit:
        yield unit


def _pieces(number: int, span: Span, size: float, width: float) -> Iterator[Piece]:
    space_width = text.width(" ", size, bold=span.bold)
    for position, word in enumerate(span.text.split(" ")):
        space = bool(number or position)
        for part in _parts(word):
            for short in _shortened(part, size, width, span.bold):
                wide = text.width(short, size, bold=span.bold)
                yield Piece(number, short, space, wide, space_width if space else 0.0)
                space = False


def _parts(word: str) -> Iterable[str]:
    """A word, or the signs of one written without spaces."""
    parts: list[str] = []
    for part in filter(None, WIDE.split(word)):
        if parts and part[0] in NEVER_FIRST:
            parts[-1] += part
        else:
            parts.append(part)
    return parts


def _shortened(word: str, size: float, width: float, bold: bool) -> Iterator[str]:
    """Cut a word that is wider than the line, never between a letter and its mark."""
    if text.width(word, size, bold=bold) <= width:
        yield word
        return
    start = 0
    for end in range(1, len(word)):
        if MARKS.match(word[end]) or word[end - 1] == "\u200d":
            continue
        if text.width(word[start : end + 1], size, bold=bold) > width:
            yield word[start:end]
            start = end
    yield word[start:]


def _joined(line: list[Piece], spans: Sequence[Span]) -> Line:
    """Neighbouring pieces of one span as one chunk, so that the whole is ordered together."""
    chunks: list[Chunk] = []
    last = -1
    for piece in line:
        if piece.span == last:
            previous = chunks[-1]
            gap = " " if piece.space else ""
            chunks[-1] = previous._replace(text=previous.text + gap + piece.text)
            continue
        last = piece.span
        span = spans[piece.span]
        space = piece.space and bool(chunks)
        chunks.append(Chunk(piece.text, span.bold, text.is_right_to_left(span.text), space))
    return tuple(chunks)
