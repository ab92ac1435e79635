"""Words for the facts about a patient, chosen once for pages, paper and messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import singledispatch

from patients.models import (
    Absence,
    Allergy,
    Condition,
    Diagnosis,
    Fact,
    FolicAcidUse,
    Injection,
    InjectionNotGiven,
    LabResult,
    MedicineUse,
    PatientIdentifier,
    Reaction,
    SymptomReview,
)
from regimens.engine.units import UNITS, convert, convert_b12_for_display, rounded, unit_words

# The unit beside which a result in an analyte's first unit is also known.
ALSO_IN = {
    "mma": "umol/L",
    "homocysteine": "mg/L",
    "haemoglobin": "g/dL",
    "folate": "nmol/L",
    "creatinine": "mg/dL",
}
COMPARATORS = {"<=": "\u2264\u00a0", ">=": "\u2265\u00a0", "<": "<\u00a0", ">": ">\u00a0"}


@dataclass(frozen=True)
class Tag:
    """A status as it is shown: always its words, the colour only beside them."""

    text: str
    colour: str


@dataclass(frozen=True)
class FactWords:
    """A fact as lists and void pages show it: what, when, and what else is known."""

    title: str
    when: str
    detail: str = ""


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


def amount_words(amount_ug: Decimal) -> str:
    """An amount of B12: "1000 micrograms", never "mcg"."""
    return f"{number_words(amount_ug)} micrograms"


def other_unit_words(analyte: str, value: Decimal, unit: str, comparator: str = "") -> str:
    """A result in its other usual unit, rounded for display; nothing where it has none.

    Raises `ValueError` for a unit that is not the analyte's.
    """
    if analyte == "b12":
        converted, other = convert_b12_for_display(value, unit)
    else:
        units = UNITS[analyte]
        first = next(iter(units))
        other = ALSO_IN.get(analyte, first) if unit == first else first
        factor = units[other]
        if other == unit or units.get(unit) is None or factor is None:
            return ""
        converted = convert(analyte, value, unit) / factor
    words = f"{number_words(rounded(converted))} {unit_words(other)}"
    return f"{COMPARATORS.get(comparator, '')}{words}"


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


def period_words(start: date, end: date | None) -> str:
    """A spell: "since 1 May 2026", "1 May 2026 to 9 June 2026"."""
    if end is None:
        return f"since {day_words(start)}"
    return f"{day_words(start)} to {day_words(end)}"


def _listed(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


@singledispatch
def fact_words(fact: Fact) -> FactWords:
    """Any fact in words. Raises `TypeError` for a kind that has none."""
    raise TypeError(f"no words for {type(fact).__name__}")


@fact_words.register
def _(fact: Diagnosis) -> FactWords:
    deficient = "deficient" if fact.deficient else "not deficient"
    return FactWords(fact.get_cause_display(), day_words(fact.date), deficient)


@fact_words.register
def _(fact: Condition) -> FactWords:
    length = f"{number_words(fact.length_cm)} cm" if fact.length_cm else ""
    return FactWords(
        fact.get_code_display(),
        period_words(fact.onset, fact.ended),
        _listed(length, fact.procedure),
    )


@fact_words.register
def _(fact: SymptomReview) -> FactWords:
    labels = dict(SymptomReview.Symptom.choices)
    named = _listed(*(str(labels.get(symptom, symptom)) for symptom in fact.symptoms))
    return FactWords(
        fact.get_direction_display(),
        day_words(fact.date),
        _listed(named, "severe" if fact.severe else ""),
    )


@fact_words.register
def _(fact: MedicineUse) -> FactWords:
    return FactWords(fact.get_code_display(), period_words(fact.start, fact.end))


@fact_words.register
def _(fact: FolicAcidUse) -> FactWords:
    return FactWords("Folic acid", period_words(fact.start, fact.end))


@fact_words.register
def _(fact: Allergy) -> FactWords:
    return FactWords(fact.get_substance_display(), day_words(fact.date), fact.reaction)


@fact_words.register
def _(fact: Reaction) -> FactWords:
    return FactWords(fact.description, day_words(fact.date))


@fact_words.register
def _(fact: PatientIdentifier) -> FactWords:
    return FactWords(f"{fact.get_system_display()} {identifier_words(fact)}", "")


@fact_words.register
def _(fact: Absence) -> FactWords:
    until = "" if fact.until else "until further notice"
    return FactWords("Away", period_words(fact.start, fact.until), until)


@fact_words.register
def _(fact: Injection) -> FactWords:
    site = fact.get_site_display() if fact.site else ""
    lot = f"lot {fact.lot}" if fact.lot else ""
    where = f"given elsewhere{f' ({fact.place})' if fact.place else ''}" if fact.elsewhere else ""
    return FactWords(
        f"{fact.get_drug_display()} {amount_words(fact.amount_ug)}, {fact.route}",
        day_words(fact.given_on),
        _listed(site, lot, where, f"by {fact.given_by}" if fact.given_by else ""),
    )


@fact_words.register
def _(fact: InjectionNotGiven) -> FactWords:
    return FactWords("Not given", day_words(fact.date), fact.get_reason_display())


@fact_words.register
def _(fact: LabResult) -> FactWords:
    reported = range_words(fact)
    return FactWords(
        f"{fact.get_analyte_display()} {result_words(fact)}",
        day_words(fact.collected_on),
        _listed(fact.laboratory, f"laboratory's range {reported}" if reported else ""),
    )
