"""Words in any script, measured and drawn on a canvas.

Everything printed goes through `draw`: it puts mixed directions into the order they are seen
(the Unicode bidirectional algorithm), splits the result into runs of one font, has HarfBuzz
shape each run (joined Arabic, Devanagari conjuncts, accents in their places), and raises
`MissingGlyph` when no font has a character: a name is never printed with a gap in it. No
markup is read, so a value such as "<b>" prints as it was typed.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from bidi import get_base_level, get_display
from bidi.mirror import MIRRORED
from reportlab.lib.colors import Color
from reportlab.pdfbase.ttfonts import ShapeData, ShapedStr
from reportlab.pdfgen.canvas import Canvas

from regimens.paper.faces import PRIVATE_USE, PRIVATE_USE_END, Face, Glyph, MissingGlyph, face_for

__all__ = ["MissingGlyph", "Run", "clean", "draw", "is_right_to_left", "runs", "width"]

# Marks that only steer direction or line breaks: they have no sign of their own, and an
# override inside a name must not turn round the words beside it.
STEERING = re.compile(
    "[\u00ad\u034f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
JOINERS = "\u200c\u200d"

# A sign without width that follows the direction of the character before it.
FOLLOWER = "\u034f"
BRACKET = "[" + re.escape("".join(MIRRORED)) + "]"
PAIR = re.compile(f"{FOLLOWER}({BRACKET})|({BRACKET}){FOLLOWER}|(.)")


@dataclass(frozen=True)
class Run:
    """Neighbouring glyphs of one face, in the order they are seen.

    `text` is the same words in the order they are read.
    """

    face: Face
    text: str
    glyphs: tuple[Glyph, ...]

    @property
    def width(self) -> float:
        """In thousandths of the font size."""
        return sum(glyph.x_advance for glyph in self.glyphs)

    @property
    def readable(self) -> bool:
        """Whether the embedded codes are those of characters."""
        return not any(PRIVATE_USE <= glyph.code <= PRIVATE_USE_END for glyph in self.glyphs)


def clean(value: str) -> str:
    """One line of composed characters: white space made single, steering marks left out.

    A no-break space stays: it holds a number and its unit together.
    """
    text = STEERING.sub("", unicodedata.normalize("NFC", value))
    return re.sub(r"[^\S\u00a0]+", " ", text).strip(" ")


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is Arabic or Hebrew."""
    return bool(text) and get_base_level(text) == 1


@lru_cache(maxsize=4096)
def runs(text: str, bold: bool = False, right_to_left: bool = False) -> tuple[Run, ...]:
    """Cleaned `text` as runs from left to right, on a line of the given base direction.

    Raises MissingGlyph for a character that no font has.
    """
    seen = _as_seen(text, right_to_left)
    faces = _faces(seen, bold, text)
    result = []
    for face, group in groupby(zip(seen, faces, strict=True), key=lambda pair: pair[1]):
        part = "".join(character for character, _ in group)
        # HarfBuzz wants the order in which the words are read, and turns them itself.
        logical = part[::-1] if face.right_to_left else part
        result.append(Run(face, logical, tuple(face.shape(logical))))
    return tuple(result)


def _as_seen(text: str, right_to_left: bool) -> str:
    """The characters from left to right, with brackets facing the right way.

    The library orders them but leaves brackets as typed. So each is given a follower: where
    that comes out before its bracket, the bracket was set from right to left and is turned.
    """
    marked = "".join(c + FOLLOWER if c in MIRRORED else c for c in text)
    seen = get_display(marked, base_dir="R" if right_to_left else "L")
    pairs = PAIR.findall(seen)
    return "".join(MIRRORED[turned] if turned else kept or plain for turned, kept, plain in pairs)


def _faces(seen: str, bold: bool, text: str) -> list[Face]:
    """The face of each character; spaces and joiners stay with their neighbour."""
    faces: list[Face] = []
    for character in seen:
        if faces and (character in JOINERS or character in " \u00a0"):
            faces.append(faces[-1])
            continue
        face = face_for(" " if character in JOINERS else character, bold)
        if face is None:
            raise MissingGlyph(character, text)
        faces.append(face)
    return faces


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Points that `text` takes on one line."""
    line = runs(text, bold, is_right_to_left(text))
    return sum(run.width for run in line) * size / 1000


def draw(
    canvas: Canvas,
    x: float,
    y: float,
    text: str,
    size: float,
    *,
    bold: bool = False,
    colour: Color | None = None,
    right_to_left: bool | None = None,
) -> float:
    """Draw `text` with its baseline's left end at (x, y); returns the points it took.

    The base direction is that of its first letter unless given.
    """
    if right_to_left is None:
        right_to_left = is_right_to_left(text)
    start = x
    for run in runs(text, bold, right_to_left):
        _draw_run(canvas, x, y, run, size, colour)
        x += run.width * size / 1000
    return x - start


def _draw_run(
    canvas: Canvas, x: float, y: float, run: Run, size: float, colour: Color | None
) -> None:
    text_object = canvas.beginText(x, y)
    text_object.setFont(run.face.name, size)
    if colour is not None:
        text_object.setFillColor(colour)
    text_object.textOut(_shaped(run))
    if not run.readable:
        # Copying, searching and reading aloud get the words, not the numbers of glyphs.
        words = ("\ufeff" + run.text).encode("utf-16-be").hex().upper()
        canvas.addLiteral(f"/Span <</ActualText <{words}>>> BDC")
    canvas.drawText(text_object)
    if not run.readable:
        canvas.addLiteral("EMC")


def _shaped(run: Run) -> ShapedStr:
    widths = run.face.font.face.charWidths
    data = [
        ShapeData(g.cluster, g.x_advance, 0, g.x_offset, g.y_offset, widths[g.code])
        for g in run.glyphs
    ]
    return ShapedStr("".join(chr(g.code) for g in run.glyphs), data)
