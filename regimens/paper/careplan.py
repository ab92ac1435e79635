"""The care plan as a PDF of one or two pages, A4 or Letter."""

from io import BytesIO

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from regimens.paper import text, words
from regimens.paper.blocks import Style, TextBlock
from regimens.paper.plan import CarePlan
from regimens.paper.sections import ACCENT, INK, RULE, SOFT, Sections

__all__ = ["CarePlan", "TooLong", "render_care_plan"]

PAGE_SIZES = {"A4": A4, "Letter": LETTER}
MARGIN, FOOT = 17 * mm, 16 * mm
MOST_PAGES = 2
# A long plan is first set smaller, then its notes are cut, visibly.
SCALES = (1.0, 0.94, 0.88, 0.82, 0.76)
NOTE_LENGTHS = (2400, 1200, 600, 300, 0)

NAMES = tuple(
    Style(size=size, leading=size * 1.36, colour=INK, bold=True) for size in (17.0, 14.0, 11.5)
)
IDENTITY = Style(size=9.5, leading=13.5, colour=INK)


class TooLong(ValueError):
    """The plan does not fit two pages even without its notes."""


def render_care_plan(plan: CarePlan) -> bytes:
    """The plan as a PDF; the same plan always gives the same bytes.

    Raises text.MissingGlyph for a character that no font has and TooLong where two pages
    cannot hold it.
    """
    for scale, notes in _attempts(plan):
        pages = _Document(plan, scale, notes, pages=MOST_PAGES)
        pages.render()
        if pages.page <= MOST_PAGES:
            return _Document(plan, scale, notes, pages=pages.page).render()
    raise TooLong("The care plan does not fit two pages.")


def _attempts(plan: CarePlan) -> list[tuple[float, str]]:
    """Type sizes and notes to try, best first."""
    attempts = [(scale, plan.notes) for scale in SCALES]
    for length in NOTE_LENGTHS:
        if len(plan.notes) > length:
            cut = plan.notes[:length].rsplit(" ", 1)[0]
            attempts.append((SCALES[-1], f"{cut}\n{words.NOTES_CUT}"))
    return attempts


class _Document(BaseDocTemplate):
    """One attempt: head with identity, body, and foot with "Page x of y" on every page."""

    def __init__(self, plan: CarePlan, scale: float, notes: str, *, pages: int) -> None:
        self.output = BytesIO()
        super().__init__(
            self.output,
            pagesize=PAGE_SIZES[plan.page_size],
            title=words.TITLE,
            subject=words.SUBJECT,
            author=text.clean(plan.clinic.name),
            creator="B12 Tracker",
            lang="en-GB",
            displayDocTitle=True,
            # Leaves out the time of printing: the same plan, the same bytes.
            invariant=1,
        )
        self.plan, self.scale, self.notes, self.pages = plan, scale, notes, pages
        self.paper_width, self.paper_height = PAGE_SIZES[plan.page_size]
        self.inner = self.paper_width - 2 * MARGIN
        self.head, self.foot = self._head_blocks(), self._foot_words()
        self.clinic_name = text.clean(plan.clinic.name)
        text.runs(self.clinic_name, bold=True)
        text.runs(self.foot)
        top = (
            MARGIN * 0.7
            + 20
            + sum(b.wrap(self.inner, self.paper_height)[1] for b in self.head)
            + 12
        )
        frame = Frame(
            MARGIN,
            FOOT,
            self.inner,
            self.paper_height - FOOT - top,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=4,
        )
        self.addPageTemplates(
            PageTemplate(frames=[frame], onPage=self._draw_head, onPageEnd=self._draw_foot)
        )

    def render(self) -> bytes:
        """The PDF; afterwards `page` is the number of pages."""
        sections = Sections(self.plan, self.inner, self.scale, self.notes)
        self.build(sections.all())
        return self.output.getvalue()

    def _head_blocks(self) -> list[TextBlock]:
        plan = self.plan
        born = words.BORN.format(date=words.long_date(plan.birth_date), age=plan.age_words)
        items = [born, *(f"{item.label} {item.value}" for item in plan.identifiers)]
        # A line may end between two of them, not inside one.
        line = "\u00a0\u00a0\u00b7 ".join(text.clean(item).replace(" ", "\u00a0") for item in items)
        return [self._name(), TextBlock(line, IDENTITY)]

    def _name(self) -> TextBlock:
        """The name in the largest type that gives two lines at most, else in the smallest."""
        for style in NAMES:
            block = TextBlock(self.plan.patient_name, style)
            block.wrap(self.inner, self.paper_height)
            if len(block.lines) <= 2:
                break
        return block

    def _foot_words(self) -> str:
        valid = words.VALID_AS_OF.format(date=words.long_date(self.plan.valid_as_of))
        if not self.plan.plan_code:
            return valid
        code = words.PLAN_CODE.format(code=self.plan.plan_code)
        return text.clean(f"{valid}\u00a0\u00a0\u00b7\u00a0\u00a0{code}")

    def _draw_head(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        y = self.paper_height - MARGIN * 0.7 - 9
        text.draw(canvas, MARGIN, y, self.clinic_name, 9, bold=True, colour=ACCENT)
        self._draw_right(canvas, y, words.TITLE, 9, bold=True)
        canvas.setStrokeColor(ACCENT)
        canvas.setLineWidth(1.2)
        canvas.line(MARGIN, y - 6, self.paper_width - MARGIN, y - 6)
        y -= 11
        for block in self.head:
            height = block.wrap(self.inner, self.paper_height)[1]
            block.drawOn(canvas, MARGIN, y - height)
            y -= height

    def _draw_foot(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        y = FOOT - 14
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.6)
        canvas.line(MARGIN, FOOT - 2, self.paper_width - MARGIN, FOOT - 2)
        text.draw(canvas, MARGIN, y, self.foot, 8.5, colour=SOFT)
        self._draw_right(canvas, y, words.PAGE.format(page=document.page, pages=self.pages), 8.5)

    def _draw_right(
        self, canvas: Canvas, y: float, line: str, size: float, bold: bool = False
    ) -> None:
        x = self.paper_width - MARGIN - text.width(line, size, bold=bold)
        text.draw(canvas, x, y, line, size, bold=bold, colour=SOFT)
