"""The banner of every page about a patient: who it is, and what must not be overlooked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from patients.models import Patient
from patients.presenters import age_words, day_words, fact_words, identifier_words
from regimens.engine import assess
from regimens.engine.assessment import Assessment
from regimens.gather import gather_one
from regimens.presenters import DoseWords, flag_title, next_dose_words, phase_words


@dataclass(frozen=True)
class Banner:
    """The banner's words; `alerts` are the titles of the open critical flags."""

    patient: Patient
    born: str
    sex: str
    numbers: tuple[tuple[str, str], ...]
    allergies: tuple[str, ...]
    care: str
    phase: str
    dose: DoseWords
    alerts: tuple[str, ...]


def banner_of(patient: Patient, today: date, assessment: Assessment | None = None) -> Banner:
    """The banner on the clinic's date; asks the engine unless its answer is handed in."""
    found = assessment or assess(gather_one(patient), today)
    return Banner(
        patient=patient,
        born=f"{day_words(patient.birth_date)} ({age_words(patient.birth_date, today)})",
        sex=patient.get_sex_display(),
        numbers=tuple(
            (number.get_system_display(), identifier_words(number))
            for number in patient.patientidentifier_set.filter(voided_at=None).order_by("pk")
        ),
        allergies=tuple(
            ": ".join(filter(None, [allergy.get_substance_display(), allergy.reaction]))
            for allergy in patient.allergy_set.filter(voided_at=None).order_by("pk")
        ),
        care=_care(patient, today),
        phase=phase_words(found.phase),
        dose=next_dose_words(found.next_dose, found.phase),
        alerts=tuple(flag_title(f.code) for f in found.flags if f.severity == "critical"),
    )


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
