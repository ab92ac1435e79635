"""A list of dated facts in which the newest by some day is found at once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol


class Dated(Protocol):
    """Anything with a date."""

    @property
    def date(self) -> date: ...


class Timeline[T: Dated]:
    """Facts by date, of several on one day the one that counts last."""

    __slots__ = ("dates", "items")

    def __init__(self, items: Iterable[T]) -> None:
        self.items = list(items)  # in order already
        self.dates = [item.date for item in self.items]

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def newest(self, day: date) -> T | None:
        """The newest dated on or before a day."""
        index = bisect_right(self.dates, day)
        return self.items[index - 1] if index else None

    def newest_from(self, first: date, day: date) -> T | None:
        """The newest dated from `first` to `day`, both included."""
        found = self.newest(day)
        return found if found is not None and found.date >= first else None

    def upto(self, day: date) -> list[T]:
        """Those dated on or before a day."""
        return self.items[: bisect_right(self.dates, day)]

    def of(self, day: date) -> list[T]:
        """Those of exactly that day."""
        return self.items[bisect_left(self.dates, day) : bisect_right(self.dates, day)]
