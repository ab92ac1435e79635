"""Each clinic has its own calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from b12tracker.clinics.models import Clinic

LATE_EVENING_UTC = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/London", date(2026, 7, 2)),
        ("UTC", date(2026, 7, 1)),
        ("America/New_York", date(2026, 7, 1)),
    ],
)
def test_the_date_is_the_clinics_own(zone: str, day: date) -> None:
    clinic = Clinic(name="Riverside", time_zone=zone)

    assert clinic.local_date(LATE_EVENING_UTC) == day


@pytest.mark.django_db
def test_an_unknown_time_zone_is_refused() -> None:
    clinic = Clinic(name="Riverside", time_zone="Europe/Atlantis")

    with pytest.raises(ValidationError, match="not a time zone"):
        clinic.full_clean(exclude=["id"])
