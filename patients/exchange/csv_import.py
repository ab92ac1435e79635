"""Tables of people and their results, by a mapping that is data: text in, readings out.

Nothing is guessed and nothing is dropped: a cell that is not plainly a number
is a fault, named by row and column, and a file with faults is not taken in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from patients.exchange.table import Fault, Table, Unreadable

NUMBER = re.compile(r"(<=|>=|<|>)?\s*(\d+(?:\.\d+)?)", re.ASCII)
LARGEST, DECIMALS = Decimal(10) ** 9, 5
OLDEST, LONGEST = 120, 36_500


@dataclass(frozen=True)
class ResultColumn:
    """A column of results: what it measures and in which UCUM unit.

    `below_limit` names a column whose 1 says that the value is the limit of
    detection and the true one lies below it.
    """

    column: str
    analyte: str
    unit: str
    below_limit: str = ""


@dataclass(frozen=True)
class TableMapping:
    """Which columns say who, when and what.

    `source` names where results come from; with the person, the sample and
    the column it makes the key by which a result is taken in once.
    """

    source: str
    laboratory: str
    identifier_prefix: str
    family_name: str
    person: str
    sample: str
    days_after: str
    age: str
    sex: str
    sexes: dict[str, str]
    results: tuple[ResultColumn, ...]

    def required(self) -> list[str]:
        """The columns without which a row cannot be understood."""
        return [self.person, self.sample, self.days_after, self.age, self.sex]


@dataclass(frozen=True)
class Reading:
    """One result of one sample; `key` is the sender's own name for it."""

    column: ResultColumn
    value: Decimal
    comparator: str
    key: str


@dataclass(frozen=True)
class Sample:
    """The results of one day, counted from the person's first sample."""

    days_after: int
    readings: list[Reading]


@dataclass
class Person:
    """One person of the table; age in whole years at the first sample, None if not given."""

    number: str
    age: int | None
    sex: str
    samples: dict[str, Sample] = field(default_factory=dict)


@dataclass
class People:
    """Everybody in a table, by their number, and what was wrong in it."""

    people: dict[str, Person]
    faults: list[Fault]

    @property
    def last_day(self) -> int:
        """Days from the first sample to the latest one of anybody."""
        days = (s.days_after for p in self.people.values() for s in p.samples.values())
        return max(days, default=0)


def read_people(table: Table, mapping: TableMapping) -> People:
    """The people of a table with their samples; raises `Unreadable` without its columns."""
    _check_columns(table, mapping)
    columns = [column for column in mapping.results if column.column in table.columns]
    people: dict[str, Person] = {}
    faults: list[Fault] = table.faults
    for row, cells in table.rows():
        reader = _Row(row, cells, faults)
        person = _person(reader, mapping, people)
        sample = Sample(
            reader.whole(mapping.days_after, LONGEST) or 0,
            [made for column in columns if (made := _reading(reader, mapping, column))],
        )
        name = cells[mapping.sample]
        if name in person.samples:
            says = f"{person.number!r} has sample {name!r} in an earlier row"
            reader.fault(mapping.sample, says)
        person.samples[name] = sample
    return People(people, sorted(faults, key=lambda fault: fault.row))


def _check_columns(table: Table, mapping: TableMapping) -> None:
    missing = [name for name in mapping.required() if name not in table.columns]
    if missing:
        raise Unreadable(
            f"The first row names no column {', '.join(map(repr, missing))}; "
            f"it names {len(table.columns)} columns, the first is {table.columns[0]!r}."
        )
    if not any(column.column in table.columns for column in mapping.results):
        raise Unreadable("The file has none of the columns of results.")


class _Row:
    """One row, read cell by cell; what cannot be read becomes a fault."""

    def __init__(self, number: int, cells: dict[str, str], faults: list[Fault]) -> None:
        self.number = number
        self.cells = cells
        self.faults = faults

    def fault(self, column: str, what: str) -> None:
        self.faults.append(Fault(self.number, column, what))

    def whole(self, column: str, most: int) -> int | None:
        """A whole number of at most so much; None for an empty cell."""
        text = self.cells[column]
        if not text:
            return None
        if re.fullmatch(r"\d{1,6}", text, re.ASCII) and int(text) <= most:
            return int(text)
        self.fault(column, f"{text!r} is not a whole number from 0 to {most}")
        return None

    def number_of(self, column: str) -> tuple[str, Decimal] | None:
        """A comparator and a value; None for an empty cell."""
        text = self.cells[column]
        if not text:
            return None
        found = NUMBER.fullmatch(text)
        problem = _problem(text) if found is None else _out_of_bounds(found[2])
        if problem:
            self.fault(column, f"{text!r} {problem}")
            return None
        assert found is not None
        return found[1] or "", Decimal(found[2])


def _problem(text: str) -> str:
    """What to say of a text that is no number."""
    says: list[tuple[Callable[[str], object], str]] = [
        (lambda t: "," in t, "has a comma: write it without one, with a point for decimals"),
        (lambda t: t.startswith("-"), "is below zero"),
    ]
    return next((what for holds, what in says if holds(text)), "is not a number")


def _out_of_bounds(digits: str) -> str:
    if len(digits.partition(".")[2].rstrip("0")) > DECIMALS:
        return f"has more than {DECIMALS} decimals"
    return "is too large to be a result" if Decimal(digits) >= LARGEST else ""


def _person(row: _Row, mapping: TableMapping, people: dict[str, Person]) -> Person:
    number = row.cells[mapping.person]
    if not number or len(number) > 30:
        row.fault(mapping.person, f"{number!r} is not a person's number (1 to 30 characters)")
    sex = mapping.sexes.get(row.cells[mapping.sex])
    if sex is None:
        known = ", ".join(repr(word) for word in mapping.sexes if word)
        row.fault(mapping.sex, f"{row.cells[mapping.sex]!r} is none of {known}")
    age = row.whole(mapping.age, OLDEST)
    person = people.setdefault(number, Person(number, age, sex or ""))
    if sex is not None and person.sex not in ("", sex):
        row.fault(mapping.sex, f"{number!r} has another sex in an earlier row")
    return person


def _reading(row: _Row, mapping: TableMapping, column: ResultColumn) -> Reading | None:
    found = row.number_of(column.column)
    if found is None:
        return None
    comparator, value = found
    if not comparator and column.below_limit and row.cells.get(column.below_limit) == "1":
        comparator = "<"
    key = f"{row.cells[mapping.person]}/{row.cells[mapping.sample]}/{column.column}"
    return Reading(column, value, comparator, key)
