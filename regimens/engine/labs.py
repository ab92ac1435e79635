"""Results made ready to judge: each converted and classified once, newest and worst last."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter

from regimens.engine.dates import add_months
from regimens.engine.facts import Lab
from regimens.engine.protocol import PROTOCOL
from regimens.engine.timeline import Timeline
from regimens.engine.units import SAME, UNITS, convert

type Number = Decimal | Fraction | int

B12_KINDS = ("b12", "active-b12")
LOW_IS_BAD = frozenset({"b12", "active-b12", "haemoglobin", "egfr", "potassium", "platelets"})
NUDGE = {"<": -1, ">": 1}  # just below, just above; "<=" and ">=" are read as the value
LEVELS = ("in-range", "borderline", "deficient")  # from good to bad


class Result:
    """One result, in its analyte's first unit (B12: in its own), with its `<` or `>` kept."""

    __slots__ = ("date", "lab", "level", "nudge", "value")

    def __init__(self, lab: Lab) -> None:
        self.lab = lab
        self.date = lab.date
        self.nudge = NUDGE.get(lab.comparator or "", 0)
        self.value: Number = 0
        self.level = ""
        if isinstance(lab.value, str):
            return
        if lab.analyte in B12_KINDS:
            self.value = lab.value
            self.level = self._b12_level()
        else:
            self.value = _in_first_unit(lab, lab.value)

    def below(self, cut_off: int | Decimal) -> bool:
        """Whether the value is under a cut-off in the first unit."""
        return self.value < cut_off or (self.value == cut_off and self.nudge < 0)

    def above(self, cut_off: int | Decimal) -> bool:
        """Whether the value is over a cut-off in the first unit."""
        return self.value > cut_off or (self.value == cut_off and self.nudge > 0)

    def _b12_level(self) -> str:
        cut_offs = PROTOCOL.b12[self.lab.analyte, self.lab.unit or ""]
        if self.below(cut_offs.deficient_below):
            return "deficient"
        return "in-range" if self.above(cut_offs.borderline_to) else "borderline"

    @property
    def exact(self) -> Fraction:
        """The value as a fraction, so that results in different units compare."""
        return Fraction(self.value)


def _in_first_unit(lab: Lab, value: Decimal) -> Number:
    """The value as written where its unit is worth the first one, else converted exactly."""
    factor = UNITS[lab.analyte].get(lab.unit or "")
    if factor is SAME or factor is None:  # None: antibodies, compared with nothing
        return value
    return convert(lab.analyte, value, lab.unit)


def in_order(results: Iterable[Result]) -> Timeline[Result]:
    """Results by date, the worst of a day last."""
    ordered = sorted(results, key=attrgetter("date"))
    if len({result.date for result in ordered}) < len(ordered):
        ordered.sort(key=_by_day_then_badness)
    return Timeline(ordered)


def newest_near(
    results: Timeline[Result], day: date, months: int, *, known_on: date
) -> Result | None:
    """The newest of those within some months of a day, before or after it."""
    found = results.newest(min(known_on, add_months(day, months)))
    if found is None or (found.date < day and add_months(found.date, months) < day):
        return None
    return found


def _by_day_then_badness(result: Result) -> tuple[object, ...]:
    """A day's results from good to bad; what decides nothing only fixes the order.

    B12 in different units is never converted to be compared: the level decides,
    then how far below its own unit's cut-off the value lies.
    """
    lab = result.lab
    if isinstance(lab.value, str):
        return result.date, 0, Fraction(0), 0, lab.value, ""
    level = LEVELS.index(result.level) if result.level else 0
    size = result.exact
    if result.level:
        size /= Fraction(PROTOCOL.b12[lab.analyte, lab.unit or ""].deficient_below)
    sign = -1 if lab.analyte in LOW_IS_BAD else 1
    order = (lab.unit or "", lab.comparator or "", str(lab.value))
    return result.date, level, sign * size, sign * result.nudge, *order
