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


def test_the_other_unit_of_another_clinics_patient_is_not_told(
    client_as: Callable[[User], Client], nurse2: User, janet: Patient
) -> None:
    data = {"analyte": "b12", "b12": "200", "unit-b12": "pg/mL"}

    answer = client_as(nurse2).post(f"/patients/{janet.pk}/results/other-unit/", data)

    assert answer.status_code == 404
