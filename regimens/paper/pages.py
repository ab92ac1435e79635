"""A document whose every page says whose it is, of when, and which page of how many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from regimens.paper import text, words
from regimens.paper.blocks import Span, Style, TextBlock
from regimens.paper.colours import ACCENT, INK, RULE, SOFT
from regimens.paper.plan import Clinic, Labelled, PageSize

PAGE_SIZES = {"A4": A4, "Letter": LETTER}
MARGIN, FOOT, HEAD_TOP = 17 * mm, 16 * mm, 12 * mm
HEAD_SIZE, FOOT_SIZE = 10.0, 8.5
GAP_UNDER_RULE, GAP_UNDER_HEAD = 11.0, 12.0
# Arabic and Devanagari reach further below the line than Latin.
GAP_UNDER_NAME = 3.0

NAMES = tuple(
    Style(size=size, leading=size * 1.5, colour=INK, bold=True, space_after=GAP_UNDER_NAME)
    for size in (17.0, 14.0, 11.5)
)
IDENTITY = Style(size=9.5, leading=13.5, colour=INK)


@dataclass(frozen=True)
class Identity:
    """Who and when: what head and foot of each page say."""

    clinic: Clinic
    name: str
    birth_date: date
    age_words: str
    identifiers: tuple[Labelled, ...]
    valid_as_of: date
    code: str = ""


class IdentifiedDocument(BaseDocTemplate):
    """Builds a PDF with head and foot on every page; the same content, the same bytes."""

    def __init__(self, title: str, subject: str, size: PageSize, identity: Identity) -> None:
        self.output = BytesIO()
        super().__init__(
            self.output,
            pagesize=PAGE_SIZES[size],
            title=title,
            subject=subject,
            author=text.clean(identity.clinic.name),
            creator="B12 Tracker",
            lang="en-GB",
            displayDocTitle=True,
            # Leaves out the time of printing.
            invariant=1,
        )
        self.paper_width, self.paper_height = PAGE_SIZES[size]
        self.inner = self.paper_width - 2 * MARGIN
        self.clinic_name = text.clean(identity.clinic.name)
        self.foot_words = _foot_words(identity)
        self.head = [self._name(identity.name), TextBlock(_identity_spans(identity), IDENTITY)]
        for line, bold in ((self.clinic_name, True), (self.foot_words, False)):
            # Here, as in TextBlock, a missing glyph can still be named.
            text.runs(line, bold)
        self.addPageTemplates(self._template())

    def render(self, content: list[Flowable], pages: int) -> tuple[bytes, int]:
        """The PDF, and how many pages it has; `pages` is printed as their number."""
        self.pages = pages
        self.build(content)
        return self.output.getvalue(), self.page

    def _template(self) -> PageTemplate:
        head = sum(
            block.wrap(self.inner, self.paper_height)[1] + block.getSpaceAfter()
            for block in self.head
        )
        top = HEAD_TOP + HEAD_SIZE + GAP_UNDER_RULE + head + GAP_UNDER_HEAD
        height = self.paper_height - FOOT - top
        frame = Frame(MARGIN, FOOT, self.inner, height, 0, 4, 0, 0)
        return PageTemplate(frames=[frame], onPage=self._draw_head, onPageEnd=self._draw_foot)

    def _name(self, name: str) -> TextBlock:
        """The name in the largest type that gives two lines at most, else in the smallest."""
        for style in NAMES:
            block = TextBlock(name, style)
            block.wrap(self.inner, self.paper_height)
            if len(block.lines) <= 2:
                break
        return block

    def _draw_head(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        y = self.paper_height - HEAD_TOP - HEAD_SIZE
        text.draw(canvas, MARGIN, y, self.clinic_name, HEAD_SIZE, bold=True, colour=ACCENT)
        x = self.paper_width - MARGIN - text.width(self.title, HEAD_SIZE, bold=True)
        text.draw(canvas, x, y, self.title, HEAD_SIZE, bold=True, colour=ACCENT)
        canvas.setStrokeColor(ACCENT)
        canvas.setLineWidth(1.2)
        canvas.line(MARGIN, y - 6, self.paper_width - MARGIN, y - 6)
        y -= GAP_UNDER_RULE
        for block in self.head:
            height = block.wrap(self.inner, self.paper_height)[1]
            block.drawOn(canvas, MARGIN, y - height)
            y -= height + block.getSpaceAfter()

    def _draw_foot(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        y = FOOT - 14
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.6)
        canvas.line(MARGIN, FOOT - 2, self.paper_width - MARGIN, FOOT - 2)
        text.draw(canvas, MARGIN, y, self.foot_words, FOOT_SIZE, colour=SOFT)
        number = words.PAGE.format(page=document.page, pages=self.pages)
        x = self.paper_width - MARGIN - text.width(number, FOOT_SIZE)
        text.draw(canvas, x, y, number, FOOT_SIZE, colour=SOFT)


def _identity_spans(identity: Identity) -> Sequence[Span]:
    """Birth date and identifiers; a line ends between two of them, not inside one.

    Label and number are spans of their own: in one line with an Arabic label the groups of
    a number would change places.
    """
    born = words.BORN.format(
        date=words.long_date(identity.birth_date), age=_unbroken(identity.age_words)
    )
    spans = [Span(_unbroken(born))]
    for item in identity.identifiers:
        spans.append(Span("\u00a0\u00b7\u00a0", glued=True))
        spans.append(Span(_unbroken(item.label)))
        spans.append(Span(_unbroken(item.value), bold=True, glued=True))
    return spans


def _unbroken(value: str) -> str:
    return text.clean(value).replace(" ", "\u00a0")


def _foot_words(identity: Identity) -> str:
    valid = words.VALID_AS_OF.format(date=words.long_date(identity.valid_as_of))
    if not identity.code:
        return valid
    code = words.PLAN_CODE.format(code=identity.code)
    return text.clean(f"{valid}\u00a0\u00a0\u00b7\u00a0\u00a0{code}")
