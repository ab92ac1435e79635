"""Who looked at a patient's record and who changed it, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from b12tracker.audit.models import AuditEvent
from patients.models import Patient

MOST = 50
DEEDS = {
    "patient.view": "looked at the chart",
    "patient.register": "registered the patient",
    "patient.change": "changed the details",
    "patient.status": "changed the care status",
    "absence.record": "noted time away",
    "absence.void": "voided time away",
    "identifier.add": "added a number",
    "patientidentifier.void": "voided a number",
    "diagnosis.record": "recorded the diagnosis",
    "diagnosis.void": "voided a diagnosis",
    "condition.record": "recorded a condition",
    "condition.end": "noted the end of a condition",
    "condition.void": "voided a condition",
    "symptoms.record": "recorded a symptom review",
    "symptomreview.void": "voided a symptom review",
    "medicine.record": "recorded a medicine",
    "medicineuse.end": "noted the end of a medicine",
    "medicineuse.void": "voided a medicine",
    "folic-acid.record": "recorded folic acid",
    "folicaciduse.end": "noted the end of folic acid",
    "folicaciduse.void": "voided folic acid",
    "allergy.record": "recorded an allergy",
    "allergy.void": "voided an allergy",
    "injection.record": "recorded an injection",
    "injection.not-given": "recorded an injection not given",
    "injection.void": "voided an injection",
    "injectionnotgiven.void": "voided an injection not given",
    "reaction.record": "recorded a reaction",
    "reaction.void": "voided a reaction",
    "results.record": "recorded results",
    "results.correct": "corrected a result",
    "labresult.void": "voided a result",
    "course.order": "ordered treatment",
    "course.end": "ended treatment",
    "course.end-loading": "ended loading",
    "course.void": "voided an order",
    "extra-recheck.add": "added an extra recheck",
    "extrarecheck.void": "voided an extra recheck",
    "rechecks-off.record": "switched rechecks off",
    "rechecks-off.end": "switched rechecks on again",
    "rechecksoff.void": "voided a spell without rechecks",
    "care-plan.print": "printed the care plan",
}


@dataclass(frozen=True)
class HistoryRow:
    """One deed: when on the clinic's clock, who, what, why."""

    at: datetime
    at_words: str
    actor: str
    deed: str
    reason: str


def history_of(patient: Patient) -> list[HistoryRow]:
    """The newest deeds on this record, at most `MOST`; 1 query."""
    events = AuditEvent.objects.filter(patient_id=patient.pk).order_by("-at", "-pk")[:MOST]
    return [_row(event, patient.clinic.local(event.at)) for event in events]


def _row(event: AuditEvent, at: datetime) -> HistoryRow:
    return HistoryRow(at, f"{at:%H:%M}", event.actor, deed(event.action), event.reason)


def deed(action: str) -> str:
    """An audited action in words; one that nobody has worded is shown by its name."""
    return DEEDS.get(action, action)
