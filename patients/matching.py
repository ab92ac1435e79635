"""Who may already be registered under another spelling."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from b12tracker.clinics.models import Clinic
from patients.models import Patient, Submission
from patients.search import alike, holders, standing_numbers, word_fits

MOST = 10


def possible_duplicates(
    clinic: Clinic, *, name: str, birth_date: date, numbers: Iterable[str]
) -> list[Patient]:
    """Patients with one of these numbers, or born that day with a name in common.

    One similar word is enough: people marry, and given names change places.
    Twins are found too; the user says whether it is one of these.
    """
    same_name = Q(pk__in=[])
    for word in name.split():
        same_name |= word_fits(word)
    same = Q(birth_date=birth_date) & same_name
    with alike():
        return list(
            Patient.objects.filter(same | Q(pk__in=list(holders(clinic, numbers))), clinic=clinic)
            .prefetch_related(standing_numbers())
            .order_by("search_key", "id")[:MOST]
        )


def patient_made_by(key: UUID) -> UUID | None:
    """The patient that a form with this key has registered, if it was carried out."""
    return Submission.objects.filter(key=key).values_list("patient_id", flat=True).first()
