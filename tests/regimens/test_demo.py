"""The demo clinics show every kind of patient that the rules know."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from people import NOW
from pytest_django import DjangoDbBlocker

from b12tracker.clinics.models import Membership
from patients.models import LabResult, Patient
from regimens.demo.load import load
from regimens.engine.words import SENTENCES
from regimens.models import Bucket, Course, Regimen, Reminder, Status

# Without the mark no test database is made; the tests themselves only look at `demo`.
pytestmark = pytest.mark.django_db

PHASES = {
    "closed", "not-started", "ended", "oral", "loading-neuro", "loading", "prophylaxis",
    "maintenance",
}  # fmt: skip
SCRIPTS = {"LATIN", "ARABIC", "HEBREW", "DEVANAGARI", "CJK", "GREEK", "CYRILLIC"}


@dataclass
class Demo:
    """What the loaded demo holds."""

    statuses: list[Status]
    patients: list[Patient]
    regimens: set[str]
    accounts: set[tuple[str, str, str]]
    reminders: int
    analytes: set[str]
    loaded: int | None
    loaded_again: int | None


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Demo]:
    """Loaded once for all tests of this file, and taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Demo(
            loaded=load(at=NOW, password="a long enough password"),
            loaded_again=load(at=NOW, password="a long enough password"),
            statuses=list(Status.objects.filter(clinic__name="Riverside")),
            patients=list(Patient.objects.select_related("clinic")),
            regimens=set(Course.objects.values_list("regimen", flat=True)),
            accounts=set(Membership.objects.values_list("user__username", "clinic__name", "role")),
            reminders=Reminder.objects.filter(state="open").count(),
            analytes=set(LabResult.objects.values_list("analyte", flat=True)),
        )
        transaction.set_rollback(True)


def test_every_flag_occurs(demo: Demo) -> None:
    seen = {code for status in demo.statuses for code in status.flags}

    assert seen == {code for code, variant in SENTENCES}


def test_every_phase_occurs(demo: Demo) -> None:
    assert {status.phase for status in demo.statuses} == PHASES


def test_every_bucket_of_todays_list_occurs(demo: Demo) -> None:
    assert {status.bucket for status in demo.statuses} == set(Bucket.values)


def test_every_regimen_occurs(demo: Demo) -> None:
    assert demo.regimens == set(Regimen.values)


def test_somebody_is_controlled(demo: Demo) -> None:
    assert any(status.controlled for status in demo.statuses)


def test_riverside_has_about_eighty_patients_and_hillside_twelve(demo: Demo) -> None:
    by_clinic = [patient.clinic.name for patient in demo.patients]

    assert 78 <= by_clinic.count("Riverside") <= 84
    assert by_clinic.count("Hillside") == 12
    assert demo.loaded == len(demo.patients)


def test_loading_again_does_nothing(demo: Demo) -> None:
    assert demo.loaded_again is None


def test_the_six_accounts_have_their_roles(demo: Demo) -> None:
    assert demo.accounts == {
        ("nurse", "Riverside", "nurse"),
        ("prescriber", "Riverside", "prescriber"),
        ("manager", "Riverside", "manager"),
        ("auditor", "Riverside", "auditor"),
        ("nurse2", "Hillside", "nurse"),
        ("prescriber2", "Hillside", "prescriber"),
    }


def test_names_come_in_many_scripts(demo: Demo) -> None:
    letters = {letter for p in demo.patients for letter in p.full_name if letter.isalpha()}

    assert {unicodedata.name(letter).split()[0] for letter in letters} >= SCRIPTS


def test_everybody_is_somebody_else(demo: Demo) -> None:
    assert len({patient.full_name for patient in demo.patients}) == len(demo.patients)


def test_reminders_stand_from_the_first_day(demo: Demo) -> None:
    assert demo.reminders > 20


def test_nothing_was_recorded_after_now(demo: Demo) -> None:
    assert all(patient.recorded_at <= NOW for patient in demo.patients)
