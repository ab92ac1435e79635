"""Conversion is exact; only what is shown is rounded."""

from __future__ import annotations

from decimal import Decimal

import pytest

from regimens.engine.units import UNITS, convert, convert_b12_for_display, rounded, unit_words


@pytest.mark.parametrize(
    ("analyte", "value", "unit", "shown"),
    [
        ("mma", "0.271", "umol/L", "271"),
        ("mma", "35", "ug/L", "296.4"),
        ("mma", "3.5", "ug/dL", "296.4"),
        ("homocysteine", "1.4", "mg/L", "10.36"),
        ("haemoglobin", "12.0", "g/dL", "120"),
        ("haemoglobin", "7.45", "mmol/L", "120.1"),
        ("folate", "6.8", "nmol/L", "3.002"),
        ("creatinine", "1.0", "mg/dL", "88.4"),
        ("platelets", "49", "10*3/uL", "49"),
    ],
)
def test_published_conversions_come_out(analyte: str, value: str, unit: str, shown: str) -> None:
    converted = convert(analyte, Decimal(value), unit)

    digits = len(shown.replace(".", ""))
    assert rounded(converted, digits) == Decimal(shown)


def test_a_value_that_converts_to_the_cut_off_is_exactly_on_it() -> None:
    assert convert("mma", Decimal("0.271"), "umol/L") == 271


def test_nothing_is_rounded_before_a_comparison() -> None:
    converted = convert("haemoglobin", Decimal("11.99999999999999999999999999999999"), "g/dL")

    assert converted < 120


@pytest.mark.parametrize("unit", ["mg", "", None, "umol/l"])
def test_a_unit_that_is_not_the_analytes_is_refused(unit: str | None) -> None:
    with pytest.raises(ValueError, match="homocysteine"):
        convert("homocysteine", Decimal(9), unit)


@pytest.mark.parametrize(("analyte", "unit"), [("b12", "pmol/L"), ("reticulocytes", "%")])
def test_a_unit_with_its_own_reading_is_accepted_and_never_converted(
    analyte: str, unit: str
) -> None:
    assert unit in UNITS[analyte]
    with pytest.raises(ValueError, match="not converted"):
        convert(analyte, Decimal(9), unit)


@pytest.mark.parametrize(
    ("value", "unit", "other"),
    [
        ("200", "pg/mL", (Decimal("147.6"), "pmol/L")),
        ("180", "ng/L", (Decimal("132.8"), "pmol/L")),
        ("350", "ng/L", (Decimal("258.2"), "pmol/L")),
        ("132.9", "pmol/L", (Decimal("180.1"), "ng/L")),
    ],
)
def test_b12_is_shown_in_its_other_unit(value: str, unit: str, other: tuple[Decimal, str]) -> None:
    converted, unit_shown = convert_b12_for_display(Decimal(value), unit)

    assert (rounded(converted, 4), unit_shown) == other


def test_b12_in_a_foreign_unit_is_not_shown_in_another() -> None:
    with pytest.raises(ValueError, match="b12"):
        convert_b12_for_display(Decimal(9), "mg/L")


@pytest.mark.parametrize(
    ("value", "shown"),
    [("0", "0"), ("0.0271", "0.0271"), ("9.995", "10.00"), ("147.56", "148"), ("24000", "24000")],
)
def test_shown_values_keep_three_digits_and_every_whole_one(value: str, shown: str) -> None:
    assert str(rounded(Decimal(value))) == shown


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("umol/L", "\u00b5mol/L"),
        ("10*9/L", "10\u2079/L"),
        ("mL/min/{1.73_m2}", "mL/min/1.73 m\u00b2"),
        ("pg/mL", "pg/mL"),
        (None, ""),
    ],
)
def test_units_are_written_as_people_write_them(unit: str | None, words: str) -> None:
    assert unit_words(unit) == words
