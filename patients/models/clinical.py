"""Diagnosis, conditions, symptom reviews, medicines, folic acid and allergies."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from patients.models.base import (
    Fact,
    FactQuerySet,
    fact_constraints,
    in_calendar,
    known,
    no_delete,
    starts_before_it_ends,
)


class Cause(models.TextChoices):
    """Why B12 is, or was, deficient."""

    PERNICIOUS = "pernicious-anaemia", "Pernicious anaemia"
    GASTRITIS = "autoimmune-gastritis", "Autoimmune gastritis"
    GASTRECTOMY = "gastrectomy", "Gastrectomy"
    ILEAL_RESECTION = "ileal-resection", "Ileal resection"
    CROHNS_ILEAL = "crohns-ileal", "Crohn's disease of the ileum"
    BARIATRIC = "bariatric-surgery", "Bariatric surgery"
    COELIAC = "coeliac", "Coeliac disease"
    MALABSORPTION = "other-malabsorption", "Other malabsorption"
    DIETARY = "dietary", "Diet low in B12"
    MEDICINE = "medicine-induced", "Caused by a medicine"
    NITROUS_OXIDE = "nitrous-oxide", "Nitrous oxide"
    UNKNOWN = "unknown", "Not known yet"


@pghistory.track()
class Diagnosis(Fact):
    """What the person is treated for; one standing diagnosis at a time."""

    date = models.DateField()
    cause = models.CharField(max_length=30, choices=Cause)
    deficient = models.BooleanField(default=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "diagnoses"
        constraints = [
            *fact_constraints("diagnosis"),
            in_calendar("date", "diagnosis_date_in_calendar"),
            models.UniqueConstraint(
                fields=["patient"], condition=Q(voided_at=None), name="diagnosis_one_standing"
            ),
            models.CheckConstraint(
                condition=Q(cause__in=Cause.values), name="diagnosis_known_cause"
            ),
        ]
        triggers = [no_delete("diagnosis")]


class ConditionCode(models.TextChoices):
    """The conditions that matter here."""

    ILEAL_RESECTION = "ileal-resection", "Ileal resection"
    CROHNS_ILEAL = "crohns-ileal", "Crohn's disease of the ileum"
    BARIATRIC = "bariatric-surgery", "Bariatric surgery"
    GASTRECTOMY = "gastrectomy", "Gastrectomy"
    CKD = "chronic-kidney-disease", "Chronic kidney disease"
    NEPHROPATHY = "diabetic-nephropathy", "Diabetic nephropathy"
    LEBER = "leber-optic-neuropathy", "Leber's optic neuropathy"
    BLEEDING = "bleeding-disorder", "Bleeding disorder"


@pghistory.track()
class Condition(Fact):
    """A lasting condition that the rules read."""

    Code = ConditionCode

    code = models.CharField(max_length=30, choices=Code)
    onset = models.DateField()
    ended = models.DateField(null=True, blank=True)
    length_cm = models.DecimalField(null=True, blank=True)
    procedure = models.CharField(max_length=200, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            known("code", ConditionCode, "condition_known_code"),
            *fact_constraints("condition"),
            starts_before_it_ends("onset", "ended", "condition_dates_in_order"),
            in_calendar("onset", "condition_onset_in_calendar"),
            models.CheckConstraint(
                condition=Q(length_cm=None) | Q(length_cm__gt=0, code="ileal-resection"),
                name="condition_length_of_a_resection",
            ),
        ]
        triggers = [no_delete("condition")]


class DirectionOfSymptoms(models.TextChoices):
    """Which way the symptoms go since the last review."""

    NEW = "new", "New"
    WORSE = "worse", "Worse"
    IMPROVING = "improving", "Improving"
    PLATEAU = "plateau", "No further improvement (plateau)"
    RESOLVED = "resolved", "Resolved"
    NONE = "none", "No symptoms"


@pghistory.track()
class SymptomReview(Fact):
    """What a clinician found on one day about symptoms, and which way they go."""

    class Symptom(models.TextChoices):
        """All neurological but fatigue."""

        GLOSSITIS = "glossitis", "Sore, smooth tongue (glossitis)"
        NEUROPATHY = "peripheral-neuropathy", "Peripheral neuropathy"
        COGNITIVE = "cognitive-change", "Memory or thinking change"
        PARAESTHESIA = "paraesthesia", "Pins and needles or numbness"
        ATAXIA = "gait-ataxia", "Unsteady walking"
        OTHER = "other-neurological", "Other neurological symptom"
        FATIGUE = "fatigue", "Fatigue"

    Direction = DirectionOfSymptoms

    date = models.DateField()
    symptoms = ArrayField(models.CharField(max_length=30, choices=Symptom), default=list)
    severe = models.BooleanField(default=False)
    direction = models.CharField(max_length=12, choices=Direction)

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            known("direction", DirectionOfSymptoms, "symptoms_known_direction"),
            *fact_constraints("symptoms"),
            in_calendar("date", "symptoms_date_in_calendar"),
            models.CheckConstraint(
                condition=~Q(direction__in=["new", "worse"]) | ~Q(symptoms=[]),
                name="symptoms_new_or_worse_are_named",
            ),
            models.CheckConstraint(
                condition=~Q(direction="none") | Q(symptoms=[]), name="symptoms_none_names_none"
            ),
        ]
        triggers = [no_delete("symptoms")]


class MedicineCode(models.TextChoices):
    """The medicines that the rules read."""

    METFORMIN = "metformin", "Metformin"
    PPI = "ppi", "Proton-pump inhibitor"
    H2 = "h2-blocker", "H2 blocker"
    COLCHICINE = "colchicine", "Colchicine"
    CHLORAMPHENICOL = "chloramphenicol-parenteral", "Chloramphenicol by injection"
    ANTICOAGULANT = "anticoagulant-oral", "Oral anticoagulant"
    NITROUS_OXIDE = "nitrous-oxide", "Nitrous oxide"
    DIGOXIN = "digoxin", "Digoxin"


@pghistory.track()
class MedicineUse(Fact):
    """Another medicine, or an exposure, that matters to B12 or to the needle."""

    Code = MedicineCode

    code = models.CharField(max_length=30, choices=Code)
    start = models.DateField()
    end = models.DateField(null=True, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            known("code", MedicineCode, "medicine_known_code"),
            *fact_constraints("medicine"),
            starts_before_it_ends("start", "end", "medicine_dates_in_order"),
            in_calendar("start", "medicine_start_in_calendar"),
        ]
        triggers = [no_delete("medicine")]


@pghistory.track()
class FolicAcidUse(Fact):
    """A course of folic acid."""

    start = models.DateField()
    end = models.DateField(null=True, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            *fact_constraints("folic_acid"),
            starts_before_it_ends("start", "end", "folic_acid_dates_in_order"),
            in_calendar("start", "folic_acid_start_in_calendar"),
        ]
        triggers = [no_delete("folic_acid")]


class AllergySubstance(models.TextChoices):
    """What the person is allergic to."""

    COBALT = "cobalt", "Cobalt"
    COBALAMIN = "cobalamin", "Any vitamin B12 (cobalamin)"
    HYDROXO = "hydroxocobalamin", "Hydroxocobalamin"
    CYANO = "cyanocobalamin", "Cyanocobalamin"
    METHYL = "methylcobalamin", "Methylcobalamin"
    EXCIPIENT = "excipient", "Another ingredient of the injection"
    OTHER = "other", "Something else"


@pghistory.track()
class Allergy(Fact):
    """An allergy, and what happened."""

    Substance = AllergySubstance

    date = models.DateField()
    substance = models.CharField(max_length=20, choices=Substance)
    reaction = models.CharField(max_length=500, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "allergies"
        constraints = [
            known("substance", AllergySubstance, "allergy_known_substance"),
            *fact_constraints("allergy"),
            in_calendar("date", "allergy_date_in_calendar"),
        ]
        triggers = [no_delete("allergy")]
