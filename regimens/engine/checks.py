"""What must hold between the keys of one object of a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from regimens.engine.kinds import WRONG, Reader, shown
from regimens.engine.units import UNITS, accepts

type Values = dict[str, Any]


def in_order(first: str, last: str) -> Callable[[Reader, str, Values], None]:
    """A check that one date is not before another."""

    def check(reader: Reader, path: str, values: Values) -> None:
        begun, over = values[first], values[last]
        if isinstance(begun, date) and isinstance(over, date) and over < begun:
            reader.fault(f"{path}.{last}", f"{over} is before {first}, {begun}")

    return check


def voided(reader: Reader, path: str, values: Values) -> None:
    """A void is not before the fact itself."""
    begun = next(values[name] for name in ("date", "start", "onset") if name in values)
    void = values["voided"]
    if isinstance(begun, date) and isinstance(void, date) and void < begun:
        reader.fault(f"{path}.voided.date", f"{void} is before the fact's own date, {begun}")


def status_since(reader: Reader, path: str, values: Values) -> None:
    """A death or a transfer has its date."""
    if values["status"] in ("transferred", "deceased") and values["status_since"] is None:
        reader.fault(f"{path}.status_since", f"needed beside status {values['status']}")


def direction(reader: Reader, path: str, values: Values) -> None:
    """new and worse name a symptom, none names none."""
    symptoms, word = values["symptoms"], values["direction"]
    if symptoms is WRONG:
        return
    if word in ("new", "worse") and not symptoms:
        reader.fault(f"{path}.symptoms", f"direction {word} names a symptom")
    if word == "none" and symptoms:
        reader.fault(f"{path}.symptoms", "direction none names no symptom")


def bands(reader: Reader, path: str, values: Values) -> None:
    """The band overdue ends after the band late."""
    late, overdue = values["late_days"], values["overdue_days"]
    if WRONG not in (late, overdue) and overdue <= late:
        reader.fault(f"{path}.overdue_days", f"{overdue} is not more than late_days, {late}")


def result(reader: Reader, path: str, values: Values) -> None:
    """A number has a unit of its analyte; a word is an antibody's, bare of unit and comparator."""
    analyte, value, unit = values["analyte"], values["value"], values["unit"]
    if analyte is WRONG or (value is WRONG and unit is None):
        return
    if not isinstance(value, str):
        _unit(reader, f"{path}.unit", analyte, unit)
        return
    if analyte != "if-antibody":
        reader.fault(f"{path}.value", f"{shown(value)} is not a number")
    else:
        for name in ("unit", "comparator"):
            if values[name] not in (None, WRONG):
                reader.fault(f"{path}.{name}", f"{shown(value)} has no {name}")


def _unit(reader: Reader, path: str, analyte: str, unit: Any) -> None:
    accepted = ", ".join(UNITS[analyte])
    if unit is None:
        reader.fault(path, f"missing; {analyte} is given in {accepted}")
    elif unit is not WRONG and not accepts(analyte, unit):
        reader.fault(path, f"{shown(unit)} is not a unit of {analyte} ({accepted})")
