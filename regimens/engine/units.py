"""Units of laboratory results: which are accepted, and their exact factors.

A result is judged in its analyte's first unit, by rational arithmetic on the
decimal as written, with nothing rounded before a comparison. B12 is the
exception: each of its units has its own cut-offs, so conversion is for
display only. Factors come from molar masses (MMA 118.09, homocysteine
135.18, folic acid 441.40, creatinine 113.12 g/mol, haemoglobin monomer
16 114.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

SAME = Fraction(1)

# The unit of the cut-off first. None: accepted, but not converted to the first.
UNITS: Mapping[str, Mapping[str, Fraction | None]] = MappingProxyType(
    {
        "b12": {"pg/mL": SAME, "ng/L": SAME, "pmol/L": None},
        "active-b12": {"pmol/L": SAME},
        "mma": {
            "nmol/L": SAME,
            "umol/L": Fraction(1000),
            "nmol/mL": Fraction(1000),
            "ug/L": 1 / Fraction("0.11809"),
            "ng/mL": 1 / Fraction("0.11809"),
            "ug/dL": 1 / Fraction("0.011809"),
        },
        "homocysteine": {"umol/L": SAME, "nmol/mL": SAME, "mg/L": 1 / Fraction("0.13518")},
        "haemoglobin": {"g/L": SAME, "g/dL": Fraction(10), "mmol/L": Fraction("16.1145")},
        "mcv": {"fL": SAME},
        "folate": {"ug/L": SAME, "ng/mL": SAME, "nmol/L": 1 / Fraction("2.2655")},
        "ferritin": {"ug/L": SAME, "ng/mL": SAME},
        "potassium": {"mmol/L": SAME, "meq/L": SAME},
        "creatinine": {"umol/L": SAME, "mg/dL": Fraction("88.402")},
        "egfr": {"mL/min/{1.73_m2}": SAME},
        "reticulocytes": {"10*9/L": SAME, "10*3/uL": SAME, "%": None},
        "platelets": {"10*9/L": SAME, "10*3/uL": SAME},
        "if-antibody": {"[arb'U]/mL": None, "[IU]/mL": None},
    }
)
PMOL_PER_NG = Fraction("0.7378")
NG_PER_PMOL = Fraction("1.3554")
WORDS = {
    "umol/L": "\u00b5mol/L",
    "ug/L": "\u00b5g/L",
    "ug/dL": "\u00b5g/dL",
    "meq/L": "mEq/L",
    "mL/min/{1.73_m2}": "mL/min/1.73 m\u00b2",
    "10*9/L": "10\u2079/L",
    "10*3/uL": "10\u00b3/\u00b5L",
    "[arb'U]/mL": "units/mL",
    "[IU]/mL": "IU/mL",
}


def accepts(analyte: str, unit: str | None) -> bool:
    """Whether a unit is one of the analyte's."""
    return unit in UNITS.get(analyte, ())


def convert(analyte: str, value: Decimal, unit: str | None) -> Fraction:
    """A value in its analyte's first unit, exactly.

    Raises ValueError for a unit that is not the analyte's, and for one that
    is accepted but not converted (B12 in pmol/L, reticulocytes in %).
    """
    factor = UNITS.get(analyte, {}).get(unit or "")
    if factor is None:
        raise ValueError(f"{unit!r} is not converted for {analyte}")
    return Fraction(value) * factor


def convert_b12_for_display(value: Decimal, unit: str) -> tuple[Fraction, str]:
    """A serum B12 in its other unit, with that unit; never to be judged by."""
    if unit == "pmol/L":
        return Fraction(value) * NG_PER_PMOL, "ng/L"
    if not accepts("b12", unit):
        raise ValueError(f"{unit!r} is not a unit of b12")
    return Fraction(value) * PMOL_PER_NG, "pmol/L"


def rounded(value: Fraction | Decimal, digits: int = 3) -> Decimal:
    """A value for display: that many significant digits, whole digits always kept."""
    exact = Fraction(value)
    if exact == 0:
        return Decimal(0)
    places = max(0, digits - 1 - _magnitude(exact))
    scaled = exact * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole).scaleb(-places)


def unit_words(unit: str | None) -> str:
    """A unit as people write it: `µmol/L`, `10⁹/L`, `mL/min/1.73 m²`."""
    return WORDS.get(unit or "", unit or "")


def _magnitude(value: Fraction) -> int:
    """The power of ten of the first digit: 2 for 147.6, -1 for 0.27."""
    power = len(str(value.numerator)) - len(str(value.denominator))
    return power if value >= Fraction(10) ** power else power - 1
