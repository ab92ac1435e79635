"""The fonts of the printed pages: which character each has, and how it is shaped.

A `Face` joins two readings of one file: HarfBuzz, which chooses and places the glyphs, and
reportlab, which embeds them. Files are read when first needed.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

import uharfbuzz
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONTS = Path(__file__).parent / "fonts"

# Glyphs that no character has (joined letters, conjuncts) are embedded under a private
# code made from their number, so that the same words always give the same bytes.
PRIVATE_USE = 0xE000
PRIVATE_USE_END = 0xF8FF

# Ligatures would turn "fi" into one sign, which a search of the PDF does not find.
FEATURES = {"kern": True, "liga": False, "dlig": False}
JOINING_FEATURES = {"kern": True, "liga": True}


class MissingGlyph(ValueError):
    """No font has a sign for this character, so the page must not be printed without it.

    `character` is what is missing and `text` the words it stands in; the message names only
    the character, for `text` may be somebody's name.
    """

    def __init__(self, character: str, text: str) -> None:
        self.character = character
        self.text = text
        name = unicodedata.name(character, "unnamed")
        super().__init__(f"No font has a glyph for U+{ord(character):04X} ({name})")


@dataclass(frozen=True)
class Glyph:
    """One placed sign: lengths in thousandths of the font size, `cluster` as in HarfBuzz."""

    code: int
    cluster: int
    x_advance: float
    x_offset: float
    y_offset: float


@dataclass(frozen=True)
class _Loaded:
    font: TTFont
    harfbuzz: uharfbuzz.Font
    glyph_of: dict[int, int]


_loaded: dict[str, _Loaded] = {}
_loading = Lock()


def _load(name: str) -> _Loaded:
    """Read a font file once, whichever of the web server's threads comes first."""
    if name not in _loaded:
        with _loading:
            if name not in _loaded:
                font = TTFont(name, str(FONTS / f"{name}.ttf"))
                pdfmetrics.registerFont(font)
                face = uharfbuzz.Face(uharfbuzz.Blob(font.face._ttf_data))
                glyph_of = dict(font.face.charToGlyph)
                _loaded[name] = _Loaded(font, uharfbuzz.Font(face), glyph_of)
    return _loaded[name]


@dataclass(frozen=True)
class Face:
    """One font file. `joins` tells scripts whose letters join or form conjuncts."""

    name: str
    right_to_left: bool = False
    joins: bool = False

    @property
    def font(self) -> TTFont:
        """The font as reportlab embeds it, registered under this face's name."""
        return _load(self.name).font

    @property
    def glyph_of(self) -> dict[int, int]:
        """Glyph number by character code, as the file has it."""
        return _load(self.name).glyph_of

    @property
    def _harfbuzz(self) -> uharfbuzz.Font:
        return _load(self.name).harfbuzz

    def has(self, character: str) -> bool:
        return ord(character) in self.glyph_of

    def shape(self, text: str) -> list[Glyph]:
        """The glyphs of `text`, left to right as drawn.

        `text` is in the order it is read. Raises MissingGlyph if the font lacks one.
        """
        buffer = uharfbuzz.Buffer()
        buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if self.right_to_left else "ltr"
        uharfbuzz.shape(self._harfbuzz, buffer, JOINING_FEATURES if self.joins else FEATURES)
        scale = 1000 / self.font.face.unitsPerEm
        glyphs = []
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            if info.codepoint == 0:
                raise MissingGlyph(text[info.cluster], text)
            glyphs.append(
                Glyph(
                    code=self._code_of(info.codepoint, text[info.cluster]),
                    cluster=info.cluster,
                    x_advance=position.x_advance * scale,
                    x_offset=position.x_offset * scale,
                    y_offset=position.y_offset * scale,
                )
            )
        return glyphs

    def _code_of(self, glyph: int, character: str) -> int:
        """The character code under which reportlab embeds a glyph."""
        if self.glyph_of.get(ord(character)) == glyph:
            return ord(character)
        known = self.font.face.glyphToChar.get(glyph)
        if known and known[0] in self.glyph_of:
            return int(known[0])
        return self._private_code(glyph)

    def _private_code(self, glyph: int) -> int:
        code = PRIVATE_USE + glyph
        if code > PRIVATE_USE_END or code in self.glyph_of:
            raise ValueError(f"{self.name} has no room for glyph {glyph}")
        face = self.font.face
        if code not in face.charToGlyph:
            advance = self._harfbuzz.get_glyph_h_advance(glyph)
            # The width first: another thread may look as soon as the code is there.
            face.charWidths[code] = advance * 1000 / face.unitsPerEm
            face.charToGlyph[code] = glyph
        return code


SANS, SANS_BOLD = Face("NotoSans-Regular"), Face("NotoSans-Bold")
ARABIC = Face("NotoSansArabic-Regular", right_to_left=True, joins=True)
ARABIC_BOLD = Face("NotoSansArabic-Bold", right_to_left=True, joins=True)
HEBREW = Face("NotoSansHebrew-Regular", right_to_left=True, joins=True)
HEBREW_BOLD = Face("NotoSansHebrew-Bold", right_to_left=True, joins=True)
DEVANAGARI = Face("NotoSansDevanagari-Regular", joins=True)
DEVANAGARI_BOLD = Face("NotoSansDevanagari-Bold", joins=True)
CHINESE = Face("NotoSansSC-Regular")

# Each list is tried in its order; the Chinese font has one weight.
REGULAR_FACES = (SANS, HEBREW, ARABIC, DEVANAGARI, CHINESE)
BOLD_FACES = (SANS_BOLD, HEBREW_BOLD, ARABIC_BOLD, DEVANAGARI_BOLD, CHINESE)


@lru_cache(maxsize=4096)
def face_for(character: str, bold: bool) -> Face | None:
    """The first face that has this character, or None."""
    faces = BOLD_FACES if bold else REGULAR_FACES
    return next((face for face in faces if face.has(character)), None)
