"""What the chart of one patient shows: the record's rows beside the engine's answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from patients.models import (
    Analyte,
    Fact,
    Injection,
    InjectionNotGiven,
    LabResult,
    Patient,
    Reaction,
    Route,
)
from patients.presenters import (
    FactWords,
    day_words,
    fact_words,
    other_unit_words,
    period_words,
    range_words,
    result_words,
)
from regimens.engine.assessment import Assessment, DoseJudged
from regimens.models import Course, ExtraRecheck, RechecksOff
from regimens.presenters import interval_words, regimen_words, timing_words

NEWEST_DOSES = 8
NEWEST_SAMPLES = 2
WHO = ("recorded_by", "voided_by")
ORDER_OF_ANALYTES = {code: place for place, code in enumerate(Analyte.values)}


@dataclass(frozen=True)
class Row:
    """One fact of the record: its words, its kind in addresses, and whether it can end."""

    kind: str
    fact: Fact
    words: FactWords
    may_end: bool = False
    timing: str = ""
    below: tuple[Row, ...] = ()


@dataclass(frozen=True)
class ResultRow:
    """One result: what was measured, as reported, in its other unit, and the lab's range."""

    fact: LabResult
    analyte: str
    value: str
    other: str
    range: str


@dataclass(frozen=True)
class OrderRow:
    """One order: the regimen, how it is given, and how long it ran."""

    fact: Course
    regimen: str
    treatment: str
    period: str
    current: bool


@dataclass(frozen=True)
class Section:
    """A list of facts of one kind, with its heading."""

    kind: str
    heading: str
    add: str
    rows: tuple[Row, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class Folded[T]:
    """A long list: what is shown at once, and what is folded away below it."""

    newest: tuple[T, ...]
    older: tuple[T, ...] = ()


SECTIONS = (
    # kind in addresses, heading, what adds one, table, the date that orders it, its end
    ("diagnosis", "Diagnosis", "Record a diagnosis", "diagnosis_set", "date", ""),
    ("symptoms", "Symptoms", "Review symptoms", "symptomreview_set", "date", ""),
    ("condition", "Conditions", "Add a condition", "condition_set", "onset", "ended"),
    ("medicine", "Medicines", "Add a medicine", "medicineuse_set", "start", "end"),
    ("folic-acid", "Folic acid", "Add folic acid", "folicaciduse_set", "start", "end"),
    ("allergy", "Allergies", "Add an allergy", "allergy_set", "date", ""),
    ("identifier", "Numbers", "Add a number", "patientidentifier_set", "recorded_at", ""),
    ("absence", "Time away", "", "absence_set", "start", ""),
)


def sections_of(patient: Patient) -> list[Section]:
    """The facts that are short lists, newest first, voided ones among them; 8 queries."""
    return [
        Section(kind, heading, add, tuple(_facts(patient, kind, table, order, end)))
        for kind, heading, add, table, order, end in SECTIONS
    ]


def _facts(patient: Patient, kind: str, table: str, order: str, end: str) -> Iterable[Row]:
    rows = getattr(patient, table).select_related(*WHO).order_by(f"-{order}", "-pk")
    for fact in rows:
        may_end = bool(end) and not fact.is_voided and getattr(fact, end) is None
        yield Row(kind, fact, fact_words(fact), may_end)


def doses_of(patient: Patient, judged: Sequence[DoseJudged]) -> list[Row]:
    """Injections given and not given, newest first, with how each stood; 3 queries."""
    reactions: dict[int, list[Row]] = defaultdict(list)
    for reaction in Reaction.objects.filter(patient=patient).select_related(*WHO).order_by("pk"):
        reactions[reaction.injection_id].append(Row("reaction", reaction, fact_words(reaction)))
    given = list(Injection.objects.filter(patient=patient).select_related(*WHO))
    timings = _timings(given, judged)
    rows = [
        Row(
            "injection",
            dose,
            fact_words(dose),
            timing=timings.get(dose.pk, ""),
            below=tuple(reactions[dose.pk]),
        )
        for dose in given
    ]
    missed = InjectionNotGiven.objects.filter(patient=patient).select_related(*WHO)
    rows += [Row("not-given", dose, fact_words(dose)) for dose in missed]
    return sorted(rows, key=_dose_day, reverse=True)


def fold_doses(rows: Sequence[Row]) -> Folded[Row]:
    """The newest doses, and the rest."""
    return Folded(tuple(rows[:NEWEST_DOSES]), tuple(rows[NEWEST_DOSES:]))


def fold_results(rows: Sequence[ResultRow]) -> Folded[ResultRow]:
    """The results of the newest sample days, and the rest."""
    days = sorted({row.fact.collected_on for row in rows}, reverse=True)[:NEWEST_SAMPLES]
    newest = tuple(row for row in rows if row.fact.collected_on in days)
    return Folded(newest, tuple(rows[len(newest) :]))


def suggestion_is_news(assessment: Assessment) -> bool:
    """Whether what is suggested differs from what runs."""
    course, suggested = assessment.course, assessment.suggestion
    if suggested is None or course is None:
        return suggested is not None
    return (course.regimen, course.interval) != (suggested.regimen, suggested.interval)


def _dose_day(row: Row) -> tuple[date, bool, int]:
    fact: Any = row.fact
    day = fact.given_on if isinstance(fact, Injection) else fact.date
    return day, isinstance(fact, Injection), fact.pk


def _timings(given: list[Injection], judged: Sequence[DoseJudged]) -> dict[int, str]:
    """How each standing dose was judged; of one day's doses the counted one comes first."""
    days: dict[date, list[DoseJudged]] = defaultdict(list)
    for answer in judged:
        days[answer.date].append(answer)
    found = {}
    for dose in sorted(given, key=lambda dose: (dose.given_on, dose.route != Route.IM, dose.pk)):
        if not dose.is_voided and days[dose.given_on]:
            found[dose.pk] = timing_words(days[dose.given_on].pop(0))
    return found


def results_of(patient: Patient) -> list[LabResult]:
    """All results, voided ones and old versions too, newest first; 1 query."""
    rows = LabResult.objects.filter(patient=patient).select_related(*WHO)
    return sorted(
        rows,
        key=lambda row: (-row.collected_on.toordinal(), ORDER_OF_ANALYTES[row.analyte], -row.pk),
    )


def result_rows(results: Iterable[LabResult]) -> list[ResultRow]:
    """Results in words."""
    return [
        ResultRow(
            row, row.get_analyte_display(), result_words(row), _other_unit(row), range_words(row)
        )
        for row in results
    ]


def _other_unit(row: LabResult) -> str:
    if row.value is None:
        return ""
    return other_unit_words(row.analyte, row.value, row.unit, row.comparator)


def orders_of(patient: Patient, assessment: Assessment) -> list[OrderRow]:
    """What prescribers ordered, newest first; 1 query."""
    rows = list(
        Course.objects.filter(patient=patient).select_related(*WHO).order_by("-start", "-pk")
    )
    started = [row for row in rows if not row.is_voided and row.start <= assessment.today]
    current = started[0].pk if started and assessment.course else None
    return [
        OrderRow(row, regimen_words(row.regimen), _treatment(row), _period(row), row.pk == current)
        for row in rows
    ]


def recheck_orders_of(patient: Patient) -> list[Row]:
    """Extra rechecks and spells without rechecks, as prescribers set them; 2 queries."""
    extra = ExtraRecheck.objects.filter(patient=patient).select_related(*WHO).order_by("-date")
    off = RechecksOff.objects.filter(patient=patient).select_related(*WHO).order_by("-start")
    rows = [
        Row("extra-recheck", row, FactWords("Extra recheck", day_words(row.date), row.reason))
        for row in extra
    ]
    return rows + [
        Row(
            "rechecks-off",
            row,
            FactWords("Rechecks off", period_words(row.start, row.end), row.reason),
        )
        for row in off
    ]


def _treatment(course: Course) -> str:
    if course.oral_daily_ug is not None:
        return f"{course.get_drug_display()} {course.oral_daily_ug:f} micrograms daily"
    if course.regimen == "oral":
        return str(course.get_drug_display())
    interval = interval_words(course.interval) if course.interval else "the regimen's interval"
    return f"{course.get_drug_display()}, {interval}"


def _period(course: Course) -> str:
    parts = [f"from {day_words(course.start)}"]
    if course.loading_ended:
        parts.append(f"loading ended on {day_words(course.loading_ended)}")
    if course.end:
        parts.append(f"ended on {day_words(course.end)}: {course.end_reason}")
    if course.reload:
        parts.append("a new loading")
    return ", ".join(parts)
