"""The care plan as a PDF of one or two pages, A4 or Letter."""

from regimens.paper import words
from regimens.paper.pages import IdentifiedDocument, Identity
from regimens.paper.plan import CarePlan
from regimens.paper.sections import Sections

__all__ = ["CarePlan", "TooLong", "render_care_plan"]

MOST_PAGES = 2
# A long plan is first set smaller, then its notes are cut, visibly; last comes small print.
SCALES = (1.0, 0.94, 0.88, 0.82, 0.76)
SMALLEST = (0.7, 0.65)
NOTE_LENGTHS = (3600, 2800, 2200, 1700, 1300, 1000, 700, 450, 250, 100, 0)


class TooLong(ValueError):
    """The plan does not fit two pages even without its notes."""


def render_care_plan(plan: CarePlan) -> bytes:
    """The plan as a PDF; the same plan always gives the same bytes.

    Raises text.MissingGlyph for a character that no font has and TooLong where two pages
    cannot hold it.
    """
    for scale, notes in _attempts(plan):
        pdf, pages = _render(plan, scale, notes, MOST_PAGES)
        if pages == MOST_PAGES:
            return pdf
        if pages < MOST_PAGES:
            return _render(plan, scale, notes, pages)[0]
    raise TooLong("The care plan does not fit two pages.")


def _attempts(plan: CarePlan) -> list[tuple[float, str]]:
    """Type sizes and notes to try, best first."""
    notes = [plan.notes, *(_cut(plan.notes, n) for n in NOTE_LENGTHS if n < len(plan.notes))]
    attempts = [(scale, plan.notes) for scale in SCALES]
    attempts += [(SCALES[-1], cut) for cut in notes[1:]]
    return attempts + [(scale, notes[-1]) for scale in SMALLEST]


def _cut(notes: str, length: int) -> str:
    """The first whole words of the notes, and where to find the rest."""
    return f"{notes[:length].rsplit(' ', 1)[0]}\n{words.NOTES_CUT}"


def _render(plan: CarePlan, scale: float, notes: str, pages: int) -> tuple[bytes, int]:
    """The PDF and how many pages it has; `pages` is what they say."""
    identity = Identity(
        clinic=plan.clinic,
        name=plan.patient_name,
        birth_date=plan.birth_date,
        age_words=plan.age_words,
        identifiers=plan.identifiers,
        valid_as_of=plan.valid_as_of,
        code=plan.plan_code,
    )
    document = IdentifiedDocument(words.TITLE, words.SUBJECT, plan.page_size, identity)
    return document.render(Sections(plan, document.inner, scale, notes).all(), pages)
