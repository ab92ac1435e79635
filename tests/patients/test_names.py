"""A person is called as their language calls them."""

from __future__ import annotations

import pytest

from patients.models import Patient


@pytest.mark.parametrize(
    ("family", "given", "full"),
    [
        ("Williams", "Janet", "Janet Williams"),
        ("Suharto", "", "Suharto"),
        ("欧阳", "秀英", "欧阳秀英"),
        ("Παπαχρήστου", "Ελένη", "Ελένη Παπαχρήστου"),
    ],
)
def test_a_full_name_has_the_order_of_its_script(family: str, given: str, full: str) -> None:
    assert Patient(family_name=family, given_names=given).full_name == full
