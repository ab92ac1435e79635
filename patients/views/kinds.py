"""The kinds of facts that share one way of being added, ended and voided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from patients.actions import facts as actions
from patients.actions.register import add_identifier
from patients.forms import facts as forms
from patients.forms.base import RecordForm
from patients.models import (
    Absence,
    Allergy,
    Condition,
    Diagnosis,
    Fact,
    FolicAcidUse,
    Injection,
    InjectionNotGiven,
    LabResult,
    MedicineUse,
    PatientIdentifier,
    Reaction,
    SymptomReview,
)


@dataclass(frozen=True)
class Kind:
    """One kind of fact: its table, its words, and how it is added.

    Without a form it is added elsewhere and only voided here. `end_field`
    names the date on which it ends, for those that may end.
    """

    model: type[Fact]
    noun: str
    heading: str = ""
    form: type[RecordForm] | None = None
    action: Callable[..., Any] | None = None
    end_field: str = ""


KINDS = {
    "diagnosis": Kind(
        Diagnosis, "diagnosis", "Diagnosis", forms.DiagnosisForm, actions.record_diagnosis
    ),
    "condition": Kind(
        Condition,
        "condition",
        "Add a condition",
        forms.ConditionForm,
        actions.record_condition,
        end_field="ended",
    ),
    "symptoms": Kind(
        SymptomReview,
        "symptom review",
        "Review of symptoms",
        forms.SymptomForm,
        actions.record_symptoms,
    ),
    "medicine": Kind(
        MedicineUse,
        "medicine",
        "Add a medicine",
        forms.MedicineForm,
        actions.record_medicine,
        end_field="end",
    ),
    "folic-acid": Kind(
        FolicAcidUse,
        "folic acid",
        "Add folic acid",
        forms.FolicAcidForm,
        actions.record_folic_acid,
        end_field="end",
    ),
    "allergy": Kind(
        Allergy, "allergy", "Add an allergy", forms.AllergyForm, actions.record_allergy
    ),
    "reaction": Kind(
        Reaction,
        "reaction",
        "Reaction to an injection",
        forms.ReactionForm,
        actions.record_reaction,
    ),
    "identifier": Kind(
        PatientIdentifier, "number", "Add a number", forms.IdentifierForm, add_identifier
    ),
    "injection": Kind(Injection, "injection"),
    "not-given": Kind(InjectionNotGiven, "injection not given"),
    "result": Kind(LabResult, "result"),
    "absence": Kind(Absence, "time away"),
}
