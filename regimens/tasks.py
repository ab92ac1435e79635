"""The daily job of each clinic: refresh whoever's answer changes with the date, and remind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import batched
from uuid import UUID

import pghistory
import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from b12tracker.clinics.models import Clinic
from b12tracker.jobs.ledger import CLINIC_DAY, Outcome, is_done, once
from b12tracker.jobs.running import enqueue, scrubbed, where
from patients.models import Patient
from regimens.actions.refresh import forget, lock, refresh_chunk

log = structlog.get_logger(__name__)

# Patients are locked while their chunk is at work, so a nurse's save waits for one at most.
CHUNK = 200


@scrubbed
def daily() -> None:
    """Start the day of each clinic whose own date has not been dealt with yet.

    The key is the clinic and its local date, so a missed night is made up for
    at the next look, and a clock that is put back starts nothing twice.
    """
    now = timezone.now()
    for clinic in Clinic.objects.order_by("pk"):
        if not is_done(CLINIC_DAY, day_key(clinic, clinic.local_date(now))):
            enqueue(f"{clinic_day.__module__}.{clinic_day.__name__}", clinic.pk)


@scrubbed
def clinic_day(clinic_id: str) -> None:
    """One clinic's daily job, once for its local date."""
    clinic = Clinic.objects.get(pk=clinic_id)
    now = timezone.now()
    today = clinic.local_date(now)
    once(
        CLINIC_DAY,
        day_key(clinic, today),
        lambda: run_day(clinic, today=today, at=now),
        clinic=clinic,
    )


def day_key(clinic: Clinic, day: date) -> str:
    """What names a clinic's day in the ledger; keys of one clinic sort by day."""
    return f"{clinic.pk} {day.isoformat()}"


def run_day(clinic: Clinic, *, today: date, at: datetime) -> Outcome:
    """Refresh and remind everybody whose answer changed; names those whom it could not assess."""
    counts: Counter[str] = Counter(assessed=0)
    failed: list[str] = []

    def work(patient_ids: Sequence[UUID]) -> None:
        with transaction.atomic(), pghistory.context(user=f"job:{CLINIC_DAY}"):
            lock(patient_ids)
            done = refresh_chunk(patient_ids, today=today, make_reminders=True, at=at)
        counts.update(done.counts, assessed=len(patient_ids))

    for chunk in batched(_whose_turn(clinic, today), CHUNK):
        failed += _each(chunk, work)
    return Outcome(dict(counts), failed)


def _whose_turn(clinic: Clinic, today: date) -> list[UUID]:
    """Those whose answer changes by today, who wait for a reminder, or who have no status."""
    patients = Patient.objects.filter(clinic=clinic).order_by("pk")
    due = patients.filter(Q(standing=None) | Q(standing__changes_on__lte=today))
    return list(due.values_list("pk", flat=True))


def _each(patient_ids: Sequence[UUID], work: Callable[[Sequence[UUID]], None]) -> list[str]:
    """Work on all together; where that fails, on halves, down to the ones who fail alone."""
    try:
        work(patient_ids)
    except Exception as error:
        if len(patient_ids) == 1:
            log.error("patient not assessed", patient=str(patient_ids[0]), error=where(error))
            forget(patient_ids[0])
            return [str(patient_ids[0])]
        middle = len(patient_ids) // 2
        return _each(patient_ids[:middle], work) + _each(patient_ids[middle:], work)
    return []
