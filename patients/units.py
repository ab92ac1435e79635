"""What people type for a result, as the engine knows it: units, values, and doubts about both.

Every refusal is a ValueError whose text is a sentence for the person typing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from regimens.engine.units import UNITS, convert, unit_words

# Local spellings, in lower case without spaces and with every mu written "u".
SPELLINGS = {
    "gm/l": "g/L",
    "gm/dl": "g/dL",
    "g%": "g/dL",
    "/nl": "10*9/L",
    "k/ul": "10*3/uL",
    "10*3/mm3": "10*3/uL",
    "ml/min/1.73m2": "mL/min/{1.73_m2}",
    "ml/min/1.73sqm": "mL/min/{1.73_m2}",
    "ml/min/1.73": "mL/min/{1.73_m2}",
    "u/ml": "[arb'U]/mL",
    "au/ml": "[arb'U]/mL",
    "units/ml": "[arb'U]/mL",
    "iu/ml": "[IU]/mL",
}
MICRO = re.compile(r"^(micro|mc)(?=mol|g)|[\u00b5\u03bc]")
POWER = re.compile(r"^[x\u00d7]?10(?:[*^e]|\*\*)?([39]|[\u00b3\u2079])(?=/)")
SUPERSCRIPTS = str.maketrans("\u00b2\u00b3\u2079", "239")
COMPARATORS = {"": "", "<": "<", ">": ">", "<=": "<=", ">=": ">=", "\u2264": "<=", "\u2265": ">="}
VALUE = re.compile(r"(<=|>=|[<>\u2264\u2265]?)\s*(.*)", re.DOTALL)
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:[, '\u00a0\u2009\u202f][0-9]{3})+(?:\.[0-9]+)?")
WITH_COMMA = re.compile(r"([0-9]+),([0-9]+)")
MOST_WHOLE_DIGITS = 9  # what the table of results can keep
MOST_DECIMALS = 5


@dataclass(frozen=True, slots=True)
class Usual:
    """The range outside which a value is asked about once, in one unit."""

    name: str
    low: Decimal
    high: Decimal


def _usual(name: str, low: str, high: str) -> Usual:
    return Usual(name, Decimal(low), Decimal(high))


# In the analyte's first unit; under "analyte unit" for a unit that is not converted to it.
USUAL = {
    "b12": _usual("B12", "20", "20000"),
    "b12 pmol/L": _usual("B12", "15", "15000"),
    "active-b12": _usual("Active B12", "2", "2000"),
    "mma": _usual("MMA", "20", "100000"),
    "homocysteine": _usual("Homocysteine", "1", "500"),
    "haemoglobin": _usual("Haemoglobin", "20", "250"),
    "mcv": _usual("MCV", "40", "170"),
    "folate": _usual("Folate", "0.2", "200"),
    "ferritin": _usual("Ferritin", "1", "20000"),
    "potassium": _usual("Potassium", "1.5", "9"),
    "creatinine": _usual("Creatinine", "10", "3000"),
    "egfr": _usual("eGFR", "2", "200"),
    "reticulocytes": _usual("Reticulocytes", "1", "1500"),
    "reticulocytes %": _usual("Reticulocytes", "0.05", "50"),
    "platelets": _usual("Platelets", "1", "3000"),
}


def ucum(analyte: str, text: str) -> str:
    """The analyte's UCUM unit that a local spelling means.

    Raises ValueError, naming the accepted units, for one that means none of them.
    """
    accepted = UNITS.get(analyte)
    if accepted is None:
        raise ValueError(f"{analyte!r} is not a test that is kept here.")
    typed = text.strip()
    if typed in accepted:
        return typed
    plain = _plain(typed)
    plain = _plain(SPELLINGS.get(plain, plain))
    for unit in accepted:
        if _plain(unit) == plain:
            return unit
    choices = _either(unit_words(unit) for unit in accepted)
    if not typed:
        raise ValueError(f"Enter the unit: {choices}.")
    raise ValueError(f'"{_short(typed)}" is not a unit of this test. Use {choices}.')


def parse_value(text: str) -> tuple[str, Decimal]:
    """A typed result as its comparator ("", <, <=, >=, >) and the decimal that was written.

    A decimal comma is read where it can mean nothing else. Raises ValueError
    for what is no number, might be two, is negative or has too many digits.
    """
    found = VALUE.fullmatch(text.strip())
    assert found is not None  # it matches any text
    comparator, digits = COMPARATORS[found[1]], found[2].strip()
    if not digits:
        raise ValueError("Enter a value.")
    if digits[0] in "-\u2212":
        raise ValueError("Enter a value of 0 or more.")
    return comparator, _decimal(digits)


def implausible(analyte: str, value: Decimal, unit: str) -> str | None:
    """The question to ask once about a value that is hardly possible; None where it is usual."""
    usual = USUAL.get(f"{analyte} {unit}")
    compared = Fraction(value)
    if usual is None:
        usual = USUAL.get(analyte)
        if usual is None:
            return None
        compared = convert(analyte, value, unit)
    if usual.low <= compared <= usual.high:
        return None
    return f"{usual.name} {value:,f} {unit_words(unit)}?"


def _plain(unit: str) -> str:
    """A spelling without what makes no difference: spaces, case, the ways to write a power."""
    plain = "".join(unit.split()).lower()
    plain = MICRO.sub("u", plain).replace("/mcl", "/ul")
    plain = POWER.sub(lambda power: f"10*{power[1]}", plain)
    return plain.translate(SUPERSCRIPTS).replace("m^2", "m2").replace("1,73", "1.73")


def _decimal(digits: str) -> Decimal:
    if GROUPED.fullmatch(digits):
        raise ValueError(_which_number(digits))
    if comma := WITH_COMMA.fullmatch(digits):
        if len(comma[2]) == 3 and comma[1].strip("0"):
            raise ValueError(_which_number(digits))
        digits = f"{comma[1]}.{comma[2]}"
    if not NUMBER.fullmatch(digits):
        raise ValueError("Enter a number such as 12.5, < 150 or >= 2000.")
    whole, _, decimals = digits.partition(".")
    if len(whole.lstrip("0")) > MOST_WHOLE_DIGITS:
        raise ValueError(
            f"Enter a number of at most {MOST_WHOLE_DIGITS} digits before the decimal point."
        )
    if len(decimals) > MOST_DECIMALS:
        raise ValueError(f"Enter at most {MOST_DECIMALS} digits after the decimal point.")
    return Decimal(digits)


def _which_number(digits: str) -> str:
    """The way out of a number that may be grouped in thousands or have a decimal comma."""
    grouped = re.sub(r"[^0-9.]", "", digits)
    if comma := WITH_COMMA.fullmatch(digits):
        return f"Write {grouped} or {Decimal(f'{comma[1]}.{comma[2]}').normalize():f}."
    return f"Write {grouped}."


def _either(choices: Iterable[str]) -> str:
    *others, last = choices
    return f"{', '.join(others)} or {last}" if others else last


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}..."
