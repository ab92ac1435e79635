"""Calendar arithmetic: one addition from a base, clamped to the month's end; weeks are exact."""

from __future__ import annotations

from datetime import MAXYEAR, date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

DAY = timedelta(days=1)
LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
MONTH_IN_DAYS = Fraction(304, 10)  # for comparing intervals only, never for a date


class Interval(NamedTuple):
    """A wait in calendar months or in weeks, as ordered."""

    number: int
    unit: str  # M, W

    @property
    def length(self) -> Fraction:
        """Its length in days, a month taken as 30.4 days."""
        return self.number * (MONTH_IN_DAYS if self.unit == "M" else Fraction(7))


@lru_cache(maxsize=512)
def interval(code: str) -> Interval:
    """The interval that an ISO 8601 duration such as `P2M` or `P12W` names."""
    return Interval(int(code[1:-1]), code[-1])


def add_months(day: date, months: int) -> date:
    """A day some calendar months later, in one addition; the last of the month if too short."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > MAXYEAR:
        return date.max
    last = LONGEST[month]
    if month == 1 and (year % 4 or (year % 100 == 0 and year % 400)):
        last = 28
    return date(year, month + 1, min(day.day, last))


def add_days(day: date, days: int) -> date:
    """A day some days later, held inside the calendar."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.max if days > 0 else date.min


def add_interval(day: date, code: str, times: int = 1) -> date:
    """The day one interval (or several, in one addition) after a base."""
    number, unit = interval(code)
    if unit == "M":
        return add_months(day, number * times)
    return add_days(day, 7 * number * times)


def within_months(one: date, other: date, months: int) -> bool:
    """Whether the earlier date plus the months is not before the later one."""
    if one > other:
        one, other = other, one
    return add_months(one, months) >= other
