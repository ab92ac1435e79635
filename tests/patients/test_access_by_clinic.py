"""Another clinic's patient does not exist here."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from b12tracker.clinics.models import User
from patients.models import Patient

PAGES = [
    "",
    "edit/",
    "care-status/",
    "away/",
    "results/new/",
    "results/other-unit/",
    "facts/allergy/new/",
]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", PAGES)
def test_another_clinics_patient_is_not_found(
    path: str, method: str, client_as: Callable[[User], Client], nurse2: User, janet: Patient
) -> None:
    client = client_as(nurse2)

    answer = getattr(client, method)(f"/patients/{janet.pk}/{path}")

    assert answer.status_code == 404
