"""A case, as JSON says it, into facts: every fault is collected and told at once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from regimens.engine.facts import Facts, Policy
from regimens.engine.kinds import Day, Fault, Reader, shown
from regimens.engine.shapes import DIAGNOSIS, LISTS, PATIENT, POLICY, Key, Shape, joined


@dataclass(frozen=True, slots=True)
class Case:
    """What `assess` needs."""

    facts: Facts
    today: date
    policy: Policy


class CaseFaults(Exception):
    """A case that is not sound, with all its faults."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def _case(today: date, policy: Policy, **facts: Any) -> Case:
    return Case(Facts(**facts), today, policy)


CASE = Shape(
    _case,
    {
        "today": Key(Day(to_come=True), required=True),
        "patient": Key(PATIENT, required=True),
        "diagnosis": Key(DIAGNOSIS),
        **{name: Key(items, default=()) for name, items in LISTS.items()},
        "policy": Key(POLICY, default=Policy()),
    },
)


def parse_json(text: str | bytes) -> object:
    """JSON with its numbers as the decimals that were written.

    Raises CaseFaults for what is no JSON: a key given twice in one object,
    NaN and infinity, bytes that are not UTF-8, nesting deeper than can be read.
    """
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        return json.loads(
            text,
            parse_float=_decimal,
            parse_int=_decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_object,
        )
    except UnicodeDecodeError:
        raise CaseFaults([Fault("", "not UTF-8")]) from None
    except RecursionError:
        raise CaseFaults([Fault("", "nested too deeply")]) from None
    except ValueError as error:
        raise CaseFaults([Fault("", f"not JSON: {error}")]) from None


def parse_case(obj: object, path: str = "") -> Case:
    """The case that an object of JSON describes; `path` is where it stands in its list.

    Raises CaseFaults with every fault found.
    """
    reader = Reader()
    if isinstance(obj, dict):
        _learn_dates(reader, obj, path)
    case: Case = CASE.read(reader, path, obj)
    if isinstance(obj, dict):
        _check_starts(reader, obj, path)
    if reader.faults:
        raise CaseFaults(reader.faults)
    return case


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond what decimals can have
        return Decimal("NaN")


def _no_constant(text: str) -> None:
    raise ValueError(f"{text} is not a number")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {shown(key)} is given twice in one object")
        found[key] = value
    return found


def _learn_dates(reader: Reader, case: dict[str, Any], path: str) -> None:
    """Today and the birth date, which the reading of every other date needs.

    Their own faults are told when they are read in turn; one that is faulty is not held
    against other dates.
    """
    today = Day(to_come=True).read(Reader(), path, case.get("today"))
    patient = case.get("patient")
    born = patient.get("birth_date") if isinstance(patient, dict) else None
    birth = Day().read(Reader(today=today), path, born)
    reader.today, reader.birth = today, birth


def _check_starts(reader: Reader, case: dict[str, Any], path: str) -> None:
    """No two courses start on one day, but for those voided by today and those that never ran."""
    seen: set[date] = set()
    courses = case.get("courses")
    for i, course in enumerate(courses if isinstance(courses, list) else ()):
        start, end, voided = _ran(course)
        if start is None or end == start or (voided and reader.today and voided <= reader.today):
            continue
        if start in seen:
            where = f"{joined(path, 'courses')}[{i}].start"
            reader.fault(where, f"another course starts on {start} too")
        seen.add(start)


def _ran(course: object) -> tuple[date | None, date | None, date | None]:
    """A course's start, end and void, each None where there is none that can be read."""
    if not isinstance(course, dict):
        return None, None, None
    void = course.get("voided")
    days = (
        course.get("start"),
        course.get("end"),
        void.get("date") if isinstance(void, dict) else None,
    )
    start, end, voided = (Day(to_come=True).read(Reader(), "", day) for day in days)
    return start, end, voided
