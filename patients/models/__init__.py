"""The tables of facts."""

from patients.models.base import Fact, Recorded
from patients.models.clinical import (
    Allergy,
    Cause,
    Condition,
    Diagnosis,
    FolicAcidUse,
    MedicineUse,
    SymptomReview,
)
from patients.models.injection import Drug, Injection, InjectionNotGiven, Reaction, Route, Site
from patients.models.lab_result import Analyte, LabResult
from patients.models.patient import Absence, Patient, PatientIdentifier
from patients.models.submission import Submission

__all__ = [
    "Absence",
    "Allergy",
    "Analyte",
    "Cause",
    "Condition",
    "Diagnosis",
    "Drug",
    "Fact",
    "FolicAcidUse",
    "Injection",
    "InjectionNotGiven",
    "LabResult",
    "MedicineUse",
    "Patient",
    "PatientIdentifier",
    "Reaction",
    "Recorded",
    "Route",
    "Site",
    "Submission",
    "SymptomReview",
]
