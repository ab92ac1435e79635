"""What is typed for a result is read as meant, or refused with a way out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from patients.units import implausible, parse_value, ucum


@pytest.mark.parametrize(
    ("analyte", "typed", "unit"),
    [
        ("b12", "ng/l", "ng/L"),
        ("b12", " pg/ml ", "pg/mL"),
        ("mma", "\u00b5mol/L", "umol/L"),
        ("mma", "\u03bcmol/l", "umol/L"),
        ("homocysteine", "mcmol/L", "umol/L"),
        ("ferritin", "mcg/L", "ug/L"),
        ("egfr", "mL/min/1.73m2", "mL/min/{1.73_m2}"),
        ("egfr", "ml/min/1.73 m\u00b2", "mL/min/{1.73_m2}"),
        ("potassium", "mEq/L", "meq/L"),
        ("haemoglobin", "g/l", "g/L"),
        ("haemoglobin", "gm/dL", "g/dL"),
        ("platelets", "x10^9/L", "10*9/L"),
        ("platelets", "\u00d710\u2079/L", "10*9/L"),
        ("platelets", "10^3/mcL", "10*3/uL"),
        ("reticulocytes", "%", "%"),
        ("if-antibody", "IU/ml", "[IU]/mL"),
    ],
)
def test_a_local_spelling_becomes_its_ucum_unit(analyte: str, typed: str, unit: str) -> None:
    assert ucum(analyte, typed) == unit


@pytest.mark.parametrize("typed", ["mg", "mmol/L", "ng", "pg/mL/h"])
def test_a_unit_of_something_else_is_refused_with_those_accepted(typed: str) -> None:
    with pytest.raises(ValueError, match=r"Use pg/mL, ng/L or pmol/L\.$"):
        ucum("b12", typed)


def test_a_missing_unit_is_asked_for() -> None:
    with pytest.raises(ValueError, match=r"^Enter the unit: g/L, g/dL or mmol/L\.$"):
        ucum("haemoglobin", " ")


def test_a_test_that_is_not_kept_is_refused() -> None:
    with pytest.raises(ValueError, match="not a test that is kept"):
        ucum("sodium", "mmol/L")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12.5", ("", "12.5")),
        ("<150", ("<", "150")),
        (">= 2000", (">=", "2000")),
        ("\u2264 3", ("<=", "3")),
        (" 12,5 ", ("", "12.5")),
        ("12,55", ("", "12.55")),
        ("1,2345", ("", "1.2345")),
        ("0,271", ("", "0.271")),
        ("0", ("", "0")),
        ("520.0", ("", "520.0")),
    ],
)
def test_a_value_is_read_as_the_decimal_that_was_written(typed: str, read: tuple[str, str]) -> None:
    comparator, value = parse_value(typed)

    assert (comparator, str(value)) == read


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1,200", "Write 1200 or 1.2."),
        ("12,345", "Write 12345 or 12.345."),
        ("1,234,567", "Write 1234567."),
        ("1 200", "Write 1200."),
        ("-3", "Enter a value of 0 or more."),
        ("", "Enter a value."),
        ("<", "Enter a value."),
        ("NaN", "Enter a number such as 12.5, < 150 or >= 2000."),
        ("Infinity", "Enter a number such as 12.5, < 150 or >= 2000."),
        ("high", "Enter a number such as 12.5, < 150 or >= 2000."),
        ("1e3", "Enter a number such as 12.5, < 150 or >= 2000."),
        ("\u0663", "Enter a number such as 12.5, < 150 or >= 2000."),
        ("1234567890", "Enter a number of at most 9 digits before the decimal point."),
        ("1.234567", "Enter at most 5 digits after the decimal point."),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(ValueError) as refused:
        parse_value(typed)

    assert str(refused.value) == sentence


def test_a_value_hardly_possible_is_asked_about() -> None:
    assert implausible("b12", Decimal(24000), "pg/mL") == "B12 24,000 pg/mL?"


def test_a_value_in_another_unit_is_held_against_the_same_range() -> None:
    assert implausible("haemoglobin", Decimal("12.5"), "g/dL") is None
    assert implausible("haemoglobin", Decimal("12.5"), "g/L") == "Haemoglobin 12.5 g/L?"


def test_b12_in_pmol_has_its_own_range() -> None:
    assert implausible("b12", Decimal(15), "pmol/L") is None
    assert implausible("b12", Decimal(15), "ng/L") == "B12 15 ng/L?"


@pytest.mark.parametrize("value", ["20", "20000"])
def test_the_ends_of_the_usual_range_are_not_asked_about(value: str) -> None:
    assert implausible("b12", Decimal(value), "ng/L") is None


def test_a_test_without_a_usual_range_is_never_asked_about() -> None:
    assert implausible("if-antibody", Decimal(99999), "[IU]/mL") is None
