"""A wrong fact is voided with a reason, stays, and leaves its history."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from people import NOW, TODAY, inject

from b12tracker.audit.models import AuditEvent
from b12tracker.clinics.models import User
from patients.actions.errors import Refused, Stale
from patients.actions.facts import record_allergy, void_fact
from patients.models import Allergy, Injection, Patient

KEY = UUID("00000000-0000-4000-8000-000000000001")


def test_a_voided_dose_stays_with_who_when_and_why(janet: Patient, nurse: User) -> None:
    (dose,) = inject(janet, nurse, TODAY)

    void_fact(fact=dose, reason="Wrong patient", by=nurse, at=NOW)

    kept = Injection.objects.get(pk=dose.pk)
    assert (kept.voided_at, kept.voided_by, kept.void_reason) == (NOW, nurse, "Wrong patient")


def test_a_void_leaves_both_versions_in_the_history_with_who_and_why(
    janet: Patient, nurse: User
) -> None:
    (dose,) = inject(janet, nurse, TODAY)

    void_fact(fact=dose, reason="Wrong patient", by=nurse, at=NOW)

    before, after = dose.history.order_by("pgh_id")
    assert (before.voided_at, after.voided_at) == (None, NOW)
    assert after.pgh_context["user"] == "nurse"
    assert after.pgh_context["reason"] == "Wrong patient"


def test_a_void_is_in_the_audit_trail(janet: Patient, nurse: User) -> None:
    (dose,) = inject(janet, nurse, TODAY)

    void_fact(fact=dose, reason="Wrong patient", by=nurse, at=NOW)

    event = AuditEvent.objects.get(action="injection.void")
    assert (event.actor, event.reason, event.object_id) == ("nurse", "Wrong patient", str(dose.pk))


def test_a_void_without_a_reason_is_refused_and_changes_nothing(
    janet: Patient, nurse: User
) -> None:
    (dose,) = inject(janet, nurse, TODAY)

    with pytest.raises(Refused, match="Say why"):
        void_fact(fact=dose, reason="  ", by=nurse, at=NOW)

    assert not Injection.objects.get(pk=dose.pk).is_voided


def test_voiding_twice_keeps_the_first_reason(janet: Patient, nurse: User) -> None:
    (dose,) = inject(janet, nurse, TODAY)
    void_fact(fact=dose, reason="Wrong patient", by=nurse, at=NOW)

    void_fact(fact=dose, reason="Another reason", by=nurse, at=NOW + timedelta(minutes=1))

    assert Injection.objects.get(pk=dose.pk).void_reason == "Wrong patient"


def test_somebody_of_another_clinic_cannot_void(janet: Patient, nurse: User, nurse2: User) -> None:
    (dose,) = inject(janet, nurse, TODAY)

    with pytest.raises(Refused, match="Riverside"):
        void_fact(fact=dose, reason="Wrong patient", by=nurse2, at=NOW)

    assert not Injection.objects.get(pk=dose.pk).is_voided


def test_a_form_sent_twice_records_once(janet: Patient, nurse: User) -> None:
    allergy = {"substance": "cobalt", "date": TODAY, "reaction": "rash"}

    first = record_allergy(patient=janet, by=nurse, at=NOW, key=KEY, **allergy)
    second = record_allergy(patient=janet, by=nurse, at=NOW, key=KEY, **allergy)

    assert first == second
    assert Allergy.objects.count() == 1


def test_a_form_for_an_older_record_is_stale(janet: Patient, nurse: User) -> None:
    opened = Patient.objects.get(pk=janet.pk).version
    inject(janet, nurse, TODAY)

    with pytest.raises(Stale):
        record_allergy(
            patient=janet, by=nurse, at=NOW, version=opened, substance="cobalt", date=TODAY
        )

    assert not Allergy.objects.exists()
