"""Rebuild `Status` from the facts: the answer to the bell, and the night's work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import transaction

from b12tracker.clinics.models import Clinic
from patients.models import Patient
from regimens.actions.remind import Synced, sync
from regimens.engine import assess
from regimens.engine.assessment import Assessment
from regimens.engine.buckets import OPEN_RECHECK, bucket_changes_on, bucket_of
from regimens.engine.facts import Facts
from regimens.gather import gather
from regimens.models import Bucket, Status

CHUNK = 1000
COLUMNS = [field.name for field in Status._meta.concrete_fields if not field.primary_key]
RANKS = {bucket: index for index, bucket in enumerate(Bucket.values)}


def refresh_on_facts_changed(
    sender: Any, *, patient_ids: Sequence[UUID], today: date, **kwargs: Any
) -> None:
    """Answer the bell, in the transaction that rang it."""
    refresh(patient_ids, today=today)


def refresh(patient_ids: Sequence[UUID], *, today: date) -> int:
    """Assess these patients on `today` and store where each stands; returns how many.

    Reminders close and stand again; new ones are the daily job's. Running it twice leaves the same rows. Fixed number of queries for each
    chunk of patients.
    """
    written = 0
    for chunk in batched(patient_ids, CHUNK):
        refresh_chunk(chunk, today=today)
        written += len(chunk)
    return written


def refresh_clinic(clinic: Clinic, *, today: date) -> int:
    """Rebuild the status of everybody in a clinic; returns how many.

    Each chunk is locked, so that what a nurse saves meanwhile is not undone
    by an answer from before.
    """
    patient_ids = clinic.patients.order_by("pk").values_list("pk", flat=True)
    count = 0
    for chunk in batched(list(patient_ids), CHUNK):
        with transaction.atomic():
            lock(chunk)
            count += refresh(chunk, today=today)
    return count


def lock(patient_ids: Sequence[UUID]) -> None:
    """Hold these patients, in the order of their ids, as every writer of facts does."""
    rows = Patient.objects.select_for_update(no_key=True).filter(pk__in=patient_ids)
    list(rows.order_by("pk").values_list("pk", flat=True))


def refresh_chunk(
    patient_ids: Sequence[UUID],
    *,
    today: date,
    make_reminders: bool = False,
    at: datetime | None = None,
) -> Synced:
    """Assess one chunk of patients, store where each stands, and bring reminders up to date."""
    clinics = dict(Patient.objects.filter(pk__in=patient_ids).values_list("pk", "clinic_id"))
    facts = gather(patient_ids)
    found = {pk: assess(known, today) for pk, known in facts.items()}
    done = sync(found, clinics, make=make_reminders, at=at)
    rows = [status_row(pk, clinics[pk], facts[pk], found[pk]) for pk in found]
    for row in rows:
        if row.patient_id in done.waiting:
            row.changes_on = today  # the daily job has a reminder to make
    Status.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["patient"], update_fields=COLUMNS
    )
    return done


def status_row(patient_id: UUID, clinic_id: UUID, facts: Facts, found: Assessment) -> Status:
    """What lists need of one assessment."""
    bucket = bucket_of(facts, found)
    open_rechecks = [check for check in found.rechecks if check.status in OPEN_RECHECK]
    first = min(open_rechecks, key=lambda check: check.due, default=None)
    dose = found.next_dose
    return Status(
        patient_id=patient_id,
        clinic_id=clinic_id,
        assessed_on=found.today,
        changes_on=bucket_changes_on(facts, found),
        bucket=bucket,
        rank=2 * RANKS[bucket] + (not found.neurological),
        phase=found.phase,
        controlled=found.controlled,
        neurological=found.neurological,
        regimen=found.course.regimen if found.course else "",
        due=dose.due if dose else None,
        overdue_from=dose.overdue_from if dose else None,
        band=(dose.band or "") if dose else "",
        recheck_due=first.due if first else None,
        recheck_status=first.status if first else "",
        flags=sorted({flag.code for flag in found.flags}),
        critical=sum(flag.severity == "critical" for flag in found.flags),
    )


def forget(patient_id: UUID) -> None:
    """Drop the stored answer about one who cannot be assessed: no list may show an old one."""
    Status.objects.filter(pk=patient_id).delete()
