"""What a care plan says: plain facts and words, already decided.

Nothing here or in the drawing code computes a date, a threshold or a treatment; the caller
hands over what the engine and the record say, in the reader's language.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

PageSize = Literal["A4", "Letter"]
Comparator = Literal["", "<", "<=", ">", ">="]


@dataclass(frozen=True)
class Labelled:
    """A label and its value: an identifier ("NHS number"), a contact ("Out of hours")."""

    label: str
    value: str


@dataclass(frozen=True)
class Clinic:
    """Who gives out the plan: as printed at the head, at the foot and as PDF author."""

    name: str
    phone: str
    address: str


@dataclass(frozen=True)
class DueDate:
    """A day on which something is due; `note` stands beside it ("or up to 14 days before")."""

    on: date
    note: str = ""


@dataclass(frozen=True)
class NextTreatment:
    """The next dose and those after it.

    `next` is None when none has a date: tablets, a course not yet ordered, loading until a
    clinician says so. Then `explanation` says what happens instead, in one or two sentences;
    with a date it is printed under it (for example that the date has passed). `following`
    has the next four dates at most.
    """

    next: DueDate | None
    following: tuple[DueDate, ...] = ()
    explanation: str = ""


@dataclass(frozen=True)
class BloodTest:
    """A day for blood tests and what is measured, in words ("Vitamin B12, blood count")."""

    on: date
    tests: str


@dataclass(frozen=True)
class TargetRow:
    """One line of the table of targets; values in words with their units, "" if none yet."""

    name: str
    target: str
    last_value: str = ""
    last_date: date | None = None


@dataclass(frozen=True)
class ChartPoint:
    """One result in the chart's unit. With a comparator, `value` is a limit, not a level."""

    on: date
    value: float
    comparator: Comparator = ""


@dataclass(frozen=True)
class Chart:
    """The trend of one blood test.

    `band` holds the lower and the upper end of the target in `unit`; None is an open end.
    `injections` are the days on which a dose was given.
    """

    title: str
    unit: str
    points: tuple[ChartPoint, ...]
    band: tuple[float | None, float | None]
    band_words: str
    injections: tuple[date, ...] = ()


@dataclass(frozen=True)
class CarePlan:
    """Everything on a patient's care plan.

    page_size: "A4" or "Letter", as the clinic prints.
    valid_as_of: the clinic's day on which the plan was made.
    patient_name: in any script of the fonts; a character without glyph stops the build.
    age_words: "75 years".
    identifiers: printed beside the birth date on every page.
    cause: why B12 is short, in a few words ("Pernicious anaemia"); "" if not known.
    why_treated: one or two sentences.
    treatment: sentences with drug, dose in both units, route, interval and how long.
    phase: where the treatment stands ("Maintenance").
    route: "injection" or "tablets"; tablets leave out the injection sites.
    for_life: whether "for life" is said of the treatment.
    next_bloods: soonest first; at most four are printed.
    chart: None while there is no result.
    folic_acid: a sentence beyond the printed warning ("You take folic acid 5 mg."), or "".
    contacts: the clinic's own lines are printed anyway; these come after them.
    notes: free words from the clinician; line breaks are kept. Cut, and said to be cut, only
        where two pages would not hold them.
    plan_code: what the clinic looks up to see whether the plan is still current, or "".
    """

    page_size: PageSize
    valid_as_of: date
    clinic: Clinic
    patient_name: str
    birth_date: date
    age_words: str
    identifiers: tuple[Labelled, ...]
    cause: str
    why_treated: str
    treatment: tuple[str, ...]
    phase: str
    route: Literal["injection", "tablets"]
    for_life: bool
    next_treatment: NextTreatment
    next_bloods: tuple[BloodTest, ...]
    targets: tuple[TargetRow, ...]
    chart: Chart | None = None
    folic_acid: str = ""
    contacts: tuple[Labelled, ...] = ()
    notes: str = ""
    plan_code: str = ""
