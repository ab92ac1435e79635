"""The kinds of value a case is made of: how each is read, and its JSON Schema.

A kind's `read` answers the value, or None after it has told the reader what
is wrong with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2199, 12, 31)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
INTERVAL = re.compile(r"P[1-9][0-9]?[MW]")
# A number written out longer than this is no measurement; reading it exactly would cost memory.
MOST_DIGITS = 500
WRONG: Any = object()  # stands for a value about which a fault has been told

type Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a case, and where; the path of the whole is empty."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path or '$'}: {self.message}"


@dataclass(slots=True)
class Reader:
    """What is known while a case is read: its day, the birth, and the faults so far."""

    today: date | None = None
    birth: date | None = None
    faults: list[Fault] = field(default_factory=list)

    def fault(self, path: str, message: str) -> None:
        """Note a fault; reading goes on, so that all are told at once."""
        self.faults.append(Fault(path, message))


class Kind(Protocol):
    """A kind of value."""

    def read(self, reader: Reader, path: str, value: object) -> Any: ...

    def schema(self) -> Schema: ...


def shown(value: object) -> str:
    """A value as a fault names it: short, and on one line."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def number(value: object) -> Decimal | None:
    """A JSON number as the decimal that was written; None for anything else.

    JSON's `true` is no 1, though Python's is.
    """
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return Decimal(repr(value)) if isinstance(value, float) else None


def finite_number(reader: Reader, path: str, value: object) -> Decimal | None:
    """A number of a size that can be reckoned with."""
    found = number(value)
    if found is None or not found.is_finite():
        reader.fault(path, f"{shown(value)} is not a number")
        return None
    _, digits, exponent = found.as_tuple()
    if len(digits) + abs(int(exponent)) > MOST_DIGITS:
        reader.fault(path, "the number is too long")
        return None
    return found


@dataclass(frozen=True, slots=True)
class Word:
    """One of some words."""

    words: tuple[str, ...]

    def read(self, reader: Reader, path: str, value: object) -> str | None:
        if isinstance(value, str) and value in self.words:
            return value
        reader.fault(path, f"{shown(value)} is not one of {', '.join(self.words)}")
        return None

    def schema(self) -> Schema:
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class Words:
    """A list of some words."""

    words: tuple[str, ...]

    def read(self, reader: Reader, path: str, value: object) -> tuple[str, ...] | None:
        if not isinstance(value, list):
            reader.fault(path, f"{shown(value)} is not a list")
            return None
        word = Word(self.words)
        read = [word.read(reader, f"{path}[{i}]", item) for i, item in enumerate(value)]
        return tuple(item for item in read if item is not None)

    def schema(self) -> Schema:
        return {"type": "array", "items": {"enum": list(self.words)}}


@dataclass(frozen=True, slots=True)
class Text:
    """Free words."""

    def read(self, reader: Reader, path: str, value: object) -> str | None:
        if isinstance(value, str):
            return value
        reader.fault(path, f"{shown(value)} is not text")
        return None

    def schema(self) -> Schema:
        return {"type": "string"}


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""

    def read(self, reader: Reader, path: str, value: object) -> bool | None:
        if isinstance(value, bool):
            return value
        reader.fault(path, f"{shown(value)} is neither true nor false")
        return None

    def schema(self) -> Schema:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar date, not before birth; unless `to_come`, not after today either."""

    to_come: bool = False

    def read(self, reader: Reader, path: str, value: object) -> date | None:
        day = _date(value)
        if day is None:
            reader.fault(path, f"{shown(value)} is not a date such as 2026-05-25")
        elif not FIRST_DAY <= day <= LAST_DAY:
            reader.fault(path, f"{day} is not from {FIRST_DAY} to {LAST_DAY}")
        elif reader.birth and day < reader.birth:
            reader.fault(path, f"{day} is before birth on {reader.birth}")
        elif not self.to_come and reader.today and day > reader.today:
            reader.fault(path, f"{day} is after today, {reader.today}")
        else:
            return day
        return None

    def schema(self) -> Schema:
        return {"type": "string", "format": "date", "pattern": f"^{DAY.pattern}$"}


def _date(value: object) -> date | None:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Amount:
    """A number above 0."""

    def read(self, reader: Reader, path: str, value: object) -> Decimal | None:
        amount = finite_number(reader, path, value)
        if amount is not None and amount <= 0:
            reader.fault(path, f"{shown(amount)} is not above 0")
            return None
        return amount

    def schema(self) -> Schema:
        return {"type": "number", "exclusiveMinimum": 0}


@dataclass(frozen=True, slots=True)
class Days:
    """A whole number of days, 0 or more."""

    def read(self, reader: Reader, path: str, value: object) -> int | None:
        days = finite_number(reader, path, value)
        if days is None:
            return None
        if days < 0 or days != days.to_integral_value():
            reader.fault(path, f"{shown(days)} is not a whole number of days")
            return None
        return int(days)

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": 0}


@dataclass(frozen=True, slots=True)
class Interval:
    """An ISO 8601 duration in months or weeks."""

    def read(self, reader: Reader, path: str, value: object) -> str | None:
        if isinstance(value, str) and INTERVAL.fullmatch(value):
            return value
        reader.fault(path, f"{shown(value)} is not P1M to P99M or P1W to P99W")
        return None

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^{INTERVAL.pattern}$"}


@dataclass(frozen=True, slots=True)
class Pregnancy:
    """false, true, or the trimester."""

    def read(self, reader: Reader, path: str, value: object) -> bool | int | None:
        if isinstance(value, bool):
            return value
        if (trimester := number(value)) in (1, 2, 3) and trimester is not None:
            return int(trimester)
        reader.fault(path, f"{shown(value)} is neither true, false nor a trimester (1, 2, 3)")
        return None

    def schema(self) -> Schema:
        return {"enum": [False, True, 1, 2, 3]}


@dataclass(frozen=True, slots=True)
class ResultValue:
    """A number, 0 or more, or the word of a qualitative test."""

    words: tuple[str, ...]

    def read(self, reader: Reader, path: str, value: object) -> Decimal | str | None:
        if isinstance(value, str):
            return Word(self.words).read(reader, path, value)
        result = finite_number(reader, path, value)
        if result is not None and result < 0:
            reader.fault(path, f"{shown(result)} is negative")
            return None
        return result

    def schema(self) -> Schema:
        return {"anyOf": [{"type": "number", "minimum": 0}, {"enum": list(self.words)}]}
