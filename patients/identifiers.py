"""Numbers that people are known by, with their check digits."""

from __future__ import annotations

from stdnum.gb import nhs

from patients.actions.errors import Refused


def clean_identifier(system: str, text: str) -> str:
    """The number as it is kept: without spaces, its check digit proved where it has one.

    Raises `Refused` with the field named after the system.
    """
    value = text.strip()
    if system == "nhs-number":
        if not nhs.is_valid(value):
            raise Refused(
                "This is not a valid NHS number: it has 10 digits and the last one checks "
                "the others. Compare it with the card or letter.",
                field=system,
            )
        return nhs.compact(value)
    if system == "chi-number":
        return _clean_chi(value)
    return value.upper()


def _clean_chi(value: str) -> str:
    """A Scottish CHI number: 10 digits, the last one by weights 10 to 2, modulo 11."""
    digits = value.replace(" ", "").replace("-", "")
    if len(digits) == 10 and digits.isascii() and digits.isdigit():
        total = sum(int(d) * w for d, w in zip(digits, range(10, 1, -1), strict=False))
        if (11 - total % 11) % 11 == int(digits[9]):
            return digits
    raise Refused(
        "This is not a valid CHI number: it has 10 digits and the last one checks the others. "
        "Compare it with the letter.",
        field="chi-number",
    )
