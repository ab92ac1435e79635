"""Words for the facts about a patient, chosen once for pages, paper and messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from patients.models import LabResult, PatientIdentifier

UNITS = {
    "umol/L": "\u00b5mol/L",
    "ug/L": "\u00b5g/L",
    "ug/dL": "\u00b5g/dL",
    "mL/min/{1.73_m2}": "mL/min/1.73 m\u00b2",
    "10*9/L": "\u00d710\u2079/L",
    "10*3/uL": "\u00d710\u00b3/\u00b5L",
    "[arb'U]/mL": "units/mL",
    "[IU]/mL": "IU/mL",
}
COMPARATORS = {"<=": "\u2264\u00a0", ">=": "\u2265\u00a0", "<": "<\u00a0", ">": ">\u00a0"}


@dataclass(frozen=True)
class Tag:
    """A status as it is shown: always its words, the colour only beside them."""

    text: str
    colour: str


def day_words(day: date | None) -> str:
    """A date in words, "16 July 2026"; nothing for none."""
    return f"{day.day} {day:%B %Y}" if day else ""


def age_words(birth_date: date, today: date) -> str:
    """How old somebody is: "67 years", below two years "14 months"."""
    months = (today.year - birth_date.year) * 12 + today.month - birth_date.month
    months -= today.day < birth_date.day
    if months < 24:
        return _counted(months, "month")
    return _counted(months // 12, "year")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def number_words(number: Decimal) -> str:
    """A number as it was written, without zeros that mean nothing: "520", "0.271"."""
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def unit_words(unit: str) -> str:
    """A unit as people write it: "\u00b5mol/L" for the code "umol/L"."""
    return UNITS.get(unit, unit)


def result_words(result: LabResult) -> str:
    """A result as reported: "520 pg/mL", "< 150 pg/mL", "Positive"."""
    if result.value is None:
        return str(result.get_value_word_display())
    comparator = COMPARATORS.get(result.comparator, "")
    return f"{comparator}{number_words(result.value)} {unit_words(result.unit)}"


def range_words(result: LabResult) -> str:
    """The laboratory's own range, "180 to 900", "over 180", "up to 900"; nothing if none."""
    low, high = result.range_low, result.range_high
    if low is not None and high is not None:
        return f"{number_words(low)} to {number_words(high)}"
    if low is not None:
        return f"over {number_words(low)}"
    return f"up to {number_words(high)}" if high is not None else ""


def identifier_words(identifier: PatientIdentifier) -> str:
    """A number as it is printed on letters: "943 476 5919", "090359 1234"."""
    value = identifier.value
    if identifier.system == PatientIdentifier.System.NHS:
        return f"{value[:3]} {value[3:6]} {value[6:]}"
    if identifier.system == PatientIdentifier.System.CHI:
        return f"{value[:6]} {value[6:]}"
    return value
