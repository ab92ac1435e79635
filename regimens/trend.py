"""The trend of one patient: results over time beside injections and phases, ready to draw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from b12tracker.web.charts import Band, Phase, Point, Series, Trend
from patients.models import Analyte, LabResult
from patients.presenters import number_words, result_words
from regimens.engine.facts import Facts, Policy
from regimens.engine.history import INJECTED, History
from regimens.engine.protocol import PROTOCOL
from regimens.engine.units import UNITS, convert, convert_b12_for_display, rounded, unit_words
from regimens.presenters import phase_words

SHOWN = (Analyte.B12, Analyte.HOMOCYSTEINE, Analyte.MMA, Analyte.HAEMOGLOBIN)
DIGITS = 5  # enough for any drawing; tables show the result as reported
SHADED = frozenset({"loading", "loading-neuro", "maintenance", "prophylaxis", "oral"})


@dataclass(frozen=True)
class TrendRow:
    """One day of samples: what each test of the figure said, as reported, or nothing."""

    day: date
    values: tuple[str, ...]


def trend_of(facts: Facts, results: Sequence[LabResult], today: date) -> Trend:
    """What the figure shows, with the limits of the protocol."""
    history = History(facts, Policy(), voided_by=today)
    corrected = {result.replaces_id for result in results if result.replaces_id}
    shown = [result for result in results if not result.is_voided or result.pk in corrected]
    return Trend(
        title="B12, homocysteine, MMA and haemoglobin over time",
        today=today,
        series=tuple(_series(analyte, shown, history) for analyte in SHOWN),
        injections=tuple(sorted({dose.date for dose in facts.doses if dose.route in INJECTED})),
        phases=tuple(_phases(history, today)),
    )


def trend_rows(results: Iterable[LabResult]) -> list[TrendRow]:
    """The same results as a table, newest day first; a voided one is not in it."""
    days: dict[date, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for result in results:
        if result.analyte in SHOWN and not result.is_voided:
            days[result.collected_on][result.analyte].append(result_words(result))
    return [
        TrendRow(day, tuple(", ".join(found[analyte]) for analyte in SHOWN))
        for day, found in sorted(days.items(), reverse=True)
    ]


def _series(analyte: Analyte, results: Sequence[LabResult], history: History) -> Series:
    own = sorted(
        (row for row in results if row.analyte == analyte and row.value is not None),
        key=lambda row: (row.collected_on, row.pk),
    )
    unit = _unit(analyte, own)
    return Series(
        name=analyte.label,
        unit=unit_words(unit),
        points=tuple(_point(row, unit) for row in own),
        bands=(_band(analyte, unit, history),),
    )


def _unit(analyte: Analyte, results: Sequence[LabResult]) -> str:
    """The unit of the axis: of B12 the newest result's own, else the analyte's first."""
    if analyte == Analyte.B12 and results:
        return results[-1].unit
    return next(iter(UNITS[analyte.value]))


def _point(result: LabResult, unit: str) -> Point:
    assert result.value is not None
    return Point(
        on=result.collected_on,
        value=_value_in(unit, result.analyte, result.value, result.unit),
        label=result_words(result),
        comparator=result.comparator,
        superseded=result.is_voided,
    )


def _value_in(unit: str, analyte: str, value: Decimal, reported: str) -> Decimal:
    """Where a result lies on the axis; for drawing only, the engine judges it as reported."""
    if reported == unit:
        return value
    if analyte != "b12":
        return rounded(convert(analyte, value, reported), DIGITS)
    if "pmol/L" in (reported, unit):
        return rounded(convert_b12_for_display(value, reported)[0], DIGITS)
    return value  # pg/mL and ng/L are the same number


def _band(analyte: Analyte, unit: str, history: History) -> Band:
    """Where results should lie, by the protocol."""
    words = unit_words(unit)
    if analyte == Analyte.B12:
        lower = PROTOCOL.b12["b12", unit].borderline_to
        return Band(lower=Decimal(lower), upper=None, words=f"in range over {lower} {words}")
    if analyte == Analyte.HAEMOGLOBIN:
        lower = history.hb_cut_off
        return Band(lower=Decimal(lower), upper=None, words=f"{lower} {words} or more")
    homocysteine = analyte == Analyte.HOMOCYSTEINE
    upper = PROTOCOL.homocysteine_target if homocysteine else PROTOCOL.mma_target
    return Band(
        lower=None,
        upper=Decimal(upper),
        words=f"target below {number_words(Decimal(upper))} {words}",
    )


def _phases(history: History, today: date) -> Iterator[Phase]:
    """Spells of one phase; a phase turns only where a fact is dated, or the day after."""
    turns = [(day, history.day(day).phase) for day in _turning_days(history.facts, today)]
    started: tuple[date, str] | None = None
    for day, phase in turns:
        if started and phase == started[1]:
            continue
        if started and started[1] in SHADED:
            yield Phase(start=started[0], end=day, words=phase_words(started[1]))
        started = day, phase
    if started and started[1] in SHADED:
        yield Phase(start=started[0], end=None, words=phase_words(started[1]))


def _turning_days(facts: Facts, today: date) -> list[date]:
    dated = {review.date for review in facts.symptom_reviews} | {dose.date for dose in facts.doses}
    for course in facts.courses:
        dated |= {day for day in (course.start, course.end, course.loading_ended) if day}
    if facts.patient.status_since:
        dated.add(facts.patient.status_since)
    dated |= {day + timedelta(days=1) for day in dated}
    return sorted(day for day in dated if day <= today)
