"""Today's list: every active patient of a clinic in exactly one bucket, worst first."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from b12tracker.clinics.models import Clinic
from patients.models import Patient, PatientIdentifier
from regimens.models import Bucket, Status

PAGE = 50
# Active, but not assessed: no row of Status, or one of a record that was closed.
UNASSESSED = "unassessed"
BUCKETS = [*(bucket for bucket in Bucket.values if bucket != Bucket.CLOSED), UNASSESSED]
NOT_ASSESSED = Q(standing=None) | Q(standing__bucket=Bucket.CLOSED)


@dataclass(frozen=True)
class Row:
    """One patient of a list, with where they stand and a number to know them by."""

    patient: Patient
    status: Status | None
    identifier: PatientIdentifier | None


@dataclass(frozen=True)
class Page:
    """One page of a list; `after` leads to the next one, if there is one."""

    rows: list[Row]
    after: str


def bucket_counts(clinic: Clinic) -> dict[str, int]:
    """How many active patients are in each bucket; they add up to all of them."""
    where = Case(
        When(NOT_ASSESSED, then=Value(UNASSESSED)),
        default=F("standing__bucket"),
        output_field=CharField(),
    )
    rows = active(clinic).order_by().annotate(where=where).values("where")
    found = dict(rows.annotate(number=Count("pk")).values_list("where", "number"))
    return {bucket: found.get(bucket, 0) for bucket in BUCKETS}


def active(clinic: Clinic) -> QuerySet[Patient]:
    """The patients in care here."""
    return Patient.objects.filter(clinic=clinic, status=Patient.Status.ACTIVE)


def assessed(clinic: Clinic) -> QuerySet[Status]:
    """Where the active patients stand, in the order of risk."""
    return (
        Status.objects.filter(clinic=clinic, patient__status=Patient.Status.ACTIVE)
        .exclude(bucket=Bucket.CLOSED)
        .select_related("patient")
        .order_by("rank", F("due").asc(nulls_last=True), "patient_id")
    )


def worklist(clinic: Clinic, *, bucket: str = "", after: str = "") -> Page:
    """A page of today's list, or of one of its buckets.

    Patients who were not assessed lead the first page: they must not drop off.
    """
    if bucket == UNASSESSED:
        return _unassessed_page(clinic, after)
    statuses = assessed(clinic)
    page = page_of(statuses.filter(bucket=bucket) if bucket else statuses, after)
    if bucket or after:
        return page
    return Page(_unassessed_page(clinic, "").rows + page.rows, page.after)


def page_of(statuses: QuerySet[Status], after: str) -> Page:
    """The page of an ordered list that follows the row `after`."""
    found = list(_following(statuses, after)[: PAGE + 1])
    patients = {status.patient_id: status.patient for status in found[:PAGE]}
    numbers = identifiers(list(patients))
    rows = [Row(status.patient, status, numbers.get(status.patient_id)) for status in found[:PAGE]]
    return Page(rows, _key(found[PAGE - 1]) if len(found) > PAGE else "")


def _key(status: Status) -> str:
    return f"{status.rank}.{status.due or ''}.{status.patient_id}"


def _following(statuses: QuerySet[Status], after: str) -> QuerySet[Status]:
    """The rows after a key; from the beginning for a key that is none."""
    try:
        rank, due, patient = after.split(".")
        start = int(rank), date.fromisoformat(due) if due else None, UUID(patient)
    except ValueError:
        return statuses
    return statuses.filter(_beyond(*start))


def _beyond(rank: int, due: date | None, patient: UUID) -> Q:
    """Rows after (rank, due, patient), where no due date comes last."""
    same = Q(rank=rank)
    if due is None:
        beyond = same & Q(due=None, patient_id__gt=patient)
    else:
        beyond = same & (Q(due__gt=due) | Q(due=None) | Q(due=due, patient_id__gt=patient))
    return Q(rank__gte=rank) & (Q(rank__gt=rank) | beyond)


def _unassessed_page(clinic: Clinic, after: str) -> Page:
    patients = active(clinic).filter(NOT_ASSESSED).order_by("pk")
    with suppress(ValueError):
        patients = patients.filter(pk__gt=UUID(after))
    found = list(patients[: PAGE + 1])
    numbers = identifiers([patient.pk for patient in found[:PAGE]])
    rows = [Row(patient, None, numbers.get(patient.pk)) for patient in found[:PAGE]]
    return Page(rows, str(found[PAGE - 1].pk) if len(found) > PAGE else "")


def identifiers(patient_ids: Sequence[UUID]) -> dict[UUID, PatientIdentifier]:
    """One number for each patient: the one recorded first."""
    found: dict[UUID, PatientIdentifier] = {}
    rows: QuerySet[Any] = PatientIdentifier.objects.standing()
    for identifier in rows.filter(patient__in=patient_ids).order_by("pk"):
        found.setdefault(identifier.patient_id, identifier)
    return found
