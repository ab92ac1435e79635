"""Today's list: everybody in one bucket, worst first, nobody dropped; and its page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from people import NOW, TODAY, days_before, inject, make_clinic, make_user, register, review
from pytest_django import DjangoAssertNumQueries

from b12tracker.clinics.models import Clinic, User
from b12tracker.jobs.models import Heartbeat, JobRun
from patients.actions.register import set_away, set_care_status
from patients.models import Patient
from regimens import worklists
from regimens.actions.order import order_course
from regimens.models import Status
from regimens.worklists import UNASSESSED, bucket_counts, worklist

SignIn = Callable[[User], Client]


def treat(patient: Patient, prescriber: User, last_dose: date, **changed: Any) -> None:
    """Maintenance every three months, its last dose on a day."""
    ordinary = {"regimen": "im-ileal", "interval": "P3M", "drug": "hydroxocobalamin"}
    order_course(
        patient=patient,
        start=last_dose,
        reason="As before",
        answers={"protocol-undefined": "", "regimen-mismatch": ""},
        by=prescriber,
        at=NOW,
        **{**ordinary, **changed},
    )
    inject(patient, prescriber, last_dose)


@pytest.fixture
def four(riverside: Clinic, nurse: User, prescriber: User) -> dict[str, Patient]:
    """Four in maintenance: due today, late, long overdue, and up to date."""
    ago = {"due": 89, "late": 95, "long-overdue": 150, "up-to-date": 10}
    people = {}
    for name, days in ago.items():
        people[name] = register(nurse, riverside, family_name=name, phone="020 7946 0018")
        treat(people[name], prescriber, days_before(days))
    return people


person = st.fixed_dictionaries(
    {
        "regimen": st.sampled_from(["im-neuro", "im-standard", "im-bariatric", "oral", None]),
        "interval": st.sampled_from(["P1M", "P2M", "P3M", ""]),
        "doses": st.lists(st.integers(0, 400), max_size=4, unique=True),
        "neurological": st.booleans(),
        "away": st.booleans(),
        "closed": st.booleans(),
        "forgotten": st.booleans(),
    }
)


class BucketsAddUp(TestCase):
    """Whatever is recorded, the buckets hold each active patient once."""

    @settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(person, max_size=4))
    def test_everybody_active_is_in_exactly_one_bucket(self, people: list[dict[str, Any]]) -> None:
        # Arrange
        clinic = make_clinic("Riverside")
        doctor = make_user("doctor", clinic, "prescriber")
        for described in people:
            self._make(clinic, doctor, described)

        # Act
        counts = bucket_counts(clinic)
        listed = [row.patient.pk for row in worklist(clinic).rows]
        by_bucket = [
            row.patient.pk for name in counts for row in worklist(clinic, bucket=name).rows
        ]

        # Assert
        active = set(
            Patient.objects.filter(clinic=clinic, status="active").values_list("pk", flat=True)
        )
        assert sum(counts.values()) == len(active)
        assert sorted(listed) == sorted(active)
        assert sorted(by_bucket) == sorted(active)

    def _make(self, clinic: Clinic, doctor: User, described: dict[str, Any]) -> None:
        patient = register(doctor, clinic)
        start = days_before(max(described["doses"], default=0))
        if described["regimen"]:
            treat(
                patient,
                doctor,
                start,
                regimen=described["regimen"],
                interval=described["interval"],
            )
        inject(patient, doctor, *map(days_before, described["doses"]))
        if described["neurological"]:
            review(patient, doctor, TODAY, "new", "paraesthesia")
        if described["away"]:
            set_away(patient=patient, start=TODAY, until=None, by=doctor, at=NOW)
        if described["closed"]:
            set_care_status(
                patient=patient,
                status="transferred",
                since=TODAY,
                reason="Moved",
                by=doctor,
                at=NOW,
            )
        if described["forgotten"]:
            Status.objects.filter(patient=patient).delete()


def names(page: worklists.Page) -> list[str]:
    """The family names on a page, in its order."""
    return [row.patient.family_name for row in page.rows]


def test_the_longest_overdue_come_first(four: dict[str, Patient], riverside: Clinic) -> None:
    assert names(worklist(riverside)) == ["long-overdue", "late", "due", "up-to-date"]


def test_of_equally_late_people_those_with_neurological_symptoms_come_first(
    four: dict[str, Patient], riverside: Clinic, nurse: User, prescriber: User
) -> None:
    # Arrange
    nerves = register(nurse, riverside, family_name="nerves")
    review(nerves, nurse, days_before(140), "new", "paraesthesia")
    treat(nerves, prescriber, days_before(140), regimen="im-neuro", interval="P2M")
    review(nerves, nurse, days_before(139), "plateau", "paraesthesia")

    # Act and assert
    assert names(worklist(riverside))[:2] == ["nerves", "long-overdue"]


def test_a_patient_without_a_status_leads_the_list(
    four: dict[str, Patient], riverside: Clinic
) -> None:
    # Arrange
    Status.objects.filter(patient=four["up-to-date"]).delete()

    # Act and assert
    assert names(worklist(riverside))[0] == "up-to-date"
    assert bucket_counts(riverside)[UNASSESSED] == 1


def test_pages_hold_everybody_once(
    four: dict[str, Patient], riverside: Clinic, nurse: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Arrange
    monkeypatch.setattr(worklists, "PAGE", 2)
    for number in range(3):
        register(nurse, riverside, family_name=f"new-{number}")

    # Act
    seen, after, pages = [], "", 0
    while pages == 0 or after:
        page = worklist(riverside, after=after)
        seen += names(page)
        after, pages = page.after, pages + 1

    # Assert
    assert pages == 4
    assert sorted(seen) == sorted([*four, "new-0", "new-1", "new-2"])


def test_a_broken_place_in_the_list_shows_its_beginning(
    four: dict[str, Patient], riverside: Clinic
) -> None:
    assert names(worklist(riverside, after="7.never.nobody"))[0] == "long-overdue"


def test_another_clinics_patients_are_on_no_list(
    four: dict[str, Patient], hillside: Clinic
) -> None:
    assert worklist(hillside).rows == []
    assert sum(bucket_counts(hillside).values()) == 0


def test_the_page_says_what_is_due_and_whom_to_call(
    client_as: SignIn, nurse: User, four: dict[str, Patient]
) -> None:
    # Act
    response = client_as(nurse).get(reverse("today"))

    # Assert
    first = response.context["rows"][0]
    assert (first.due, first.late) == ("Injection due 26 March 2026", "60 days overdue")
    assert "60 days overdue" in response.text
    assert 'href="tel:' in response.text
    assert response.context["total"] == 4


def test_a_bucket_shows_only_its_own(
    client_as: SignIn, nurse: User, four: dict[str, Patient]
) -> None:
    response = client_as(nurse).get(reverse("today"), {"bucket": "late"})

    assert [words.row.patient for words in response.context["rows"]] == [four["late"]]


def test_an_unknown_bucket_is_not_there(client_as: SignIn, nurse: User) -> None:
    assert client_as(nurse).get(reverse("today"), {"bucket": "nonsense"}).status_code == 404


def test_a_clock_that_never_ran_is_shown_red(client_as: SignIn, nurse: User) -> None:
    response = client_as(nurse).get(reverse("today"))

    assert "Reminders have not run yet." in response.text
    assert "Worker stopped" in response.text


@pytest.mark.parametrize(
    ("hours", "words", "stale"), [(3, "3 hours ago", False), (27, "1 day ago", True)]
)
def test_the_age_of_the_last_run_is_shown_and_red_after_26_hours(
    client_as: SignIn, nurse: User, riverside: Clinic, hours: int, words: str, stale: bool
) -> None:
    # Arrange
    ended = NOW - timedelta(hours=hours)
    Heartbeat.objects.create(name="worker", at=NOW)
    JobRun.objects.create(
        name="clinic-day",
        key="Riverside today",
        clinic=riverside,
        state="done",
        started_at=ended,
        ended_at=ended,
        summary={"assessed": 4},
    )

    # Act
    response = client_as(nurse).get(reverse("today"))

    # Assert
    assert f"Reminders last ran {words}." in response.text
    assert ("Reminders are late" in response.text) is stale
    assert "Worker stopped" not in response.text


def test_the_page_takes_twelve_queries_whatever_the_size(
    client_as: SignIn,
    nurse: User,
    riverside: Clinic,
    four: dict[str, Patient],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    # Arrange
    client = client_as(nurse)
    with django_assert_max_num_queries(12) as few:
        client.get(reverse("today"))
    for number in range(20):
        register(nurse, riverside, family_name=f"new-{number}", clinic_number=f"R{number}")

    # Act and assert
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(reverse("today"))


def test_nobody_sees_the_list_without_signing_in(db: None) -> None:
    response = Client().get(reverse("today"))

    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]
