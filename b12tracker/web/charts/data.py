"""What a figure is drawn from, and what it is given back as."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString


@dataclass(frozen=True, kw_only=True)
class Point:
    """One result, in its series' unit.

    `comparator` is "", "<", "<=", ">" or ">=": the value is then a limit, not
    a level. `label` is the result in words, as reported. A superseded result
    was corrected since: it is shown, but the line leaves it out.
    """

    on: date
    value: Decimal
    label: str
    comparator: str = ""
    superseded: bool = False


@dataclass(frozen=True, kw_only=True)
class Band:
    """Where results should lie; an end that is None is open."""

    lower: Decimal | None
    upper: Decimal | None
    words: str


@dataclass(frozen=True, kw_only=True)
class Series:
    """One test over time."""

    name: str
    unit: str
    points: tuple[Point, ...]
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Phase:
    """A spell of treatment, from `start` until the day before `end`, or still going on."""

    start: date
    end: date | None
    words: str


@dataclass(frozen=True, kw_only=True)
class Trend:
    """Several tests above one another on one axis of time."""

    title: str
    today: date
    series: tuple[Series, ...]
    injections: tuple[date, ...] = ()
    phases: tuple[Phase, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure as two drawings: for tablets, laptops and paper, and for phones."""

    wide: SafeString
    narrow: SafeString
