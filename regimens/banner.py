"""The banner of every page about a patient: who it is, and what must not be overlooked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from patients.models import Patient
from patients.presenters import age_words, day_words, fact_words, identifier_words
from regimens.engine import assess
from regimens.engine.assessment import Assessment
from regimens.gather import gather_one
from regimens.presenters import NEUROLOGICAL, Tag, flag_title, next_dose_words, phase_words


@dataclass(frozen=True)
class Banner:
    """The banner's words; `alerts` are the titles of the open critical flags."""

    name: str
    url: str
    tags: tuple[Tag, ...]
    facts: tuple[tuple[str, str], ...]
    alerts: tuple[str, ...]


def banner_of(patient: Patient, today: date, assessment: Assessment | None = None) -> Banner:
    """The banner on the clinic's date; asks the engine unless its answer is handed in.

    Three queries, and the engine's own where its answer is not there yet.
    """
    found = assessment or assess(gather_one(patient), today)
    dose = next_dose_words(found.next_dose, found.phase)
    facts = (
        ("Born", f"{day_words(patient.birth_date)} ({age_words(patient.birth_date, today)})"),
        ("Sex", patient.get_sex_display()),
        *_numbers(patient),
        ("Allergies", _allergies(patient)),
        ("Care", _care(patient, today)),
        ("Phase", phase_words(found.phase)),
        ("Next injection", dose.headline),
    )
    return Banner(
        name=patient.list_name,
        url=reverse("patient-chart", args=[patient.pk]),
        tags=tuple(filter(None, [dose.tag, NEUROLOGICAL if found.neurological else None])),
        facts=facts,
        alerts=tuple(flag_title(f.code) for f in found.flags if f.severity == "critical"),
    )


def _numbers(patient: Patient) -> list[tuple[str, str]]:
    rows = patient.patientidentifier_set.filter(voided_at=None).order_by("pk")
    return [(row.get_system_display(), identifier_words(row)) for row in rows]


def _allergies(patient: Patient) -> str:
    rows = patient.allergy_set.filter(voided_at=None).order_by("pk")
    words = [": ".join(filter(None, [row.get_substance_display(), row.reaction])) for row in rows]
    return "; ".join(words) or "None recorded"


def _care(patient: Patient, today: date) -> str:
    """Where the patient is in care; an absence that is over is no longer said."""
    if patient.status != Patient.Status.ACTIVE:
        return f"{patient.get_status_display()} since {day_words(patient.status_since)}"
    absence = patient.absence_set.filter(voided_at=None).first()
    if absence is None or (absence.until is not None and absence.until < today):
        return patient.get_status_display()
    words = fact_words(absence)
    verb = "Away" if absence.start <= today else "Will be away"
    return " ".join(filter(None, [verb, words.when, words.detail]))
