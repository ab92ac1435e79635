"""Laboratory results, as reported."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q

from patients.models.base import Fact, FactQuerySet, fact_constraints, in_calendar, known, no_delete


class Analyte(models.TextChoices):
    """What was measured."""

    B12 = "b12", "Vitamin B12"
    ACTIVE_B12 = "active-b12", "Active B12"
    MMA = "mma", "Methylmalonic acid (MMA)"
    HOMOCYSTEINE = "homocysteine", "Homocysteine"
    HAEMOGLOBIN = "haemoglobin", "Haemoglobin"
    MCV = "mcv", "MCV"
    FOLATE = "folate", "Folate"
    FERRITIN = "ferritin", "Ferritin"
    POTASSIUM = "potassium", "Potassium"
    CREATININE = "creatinine", "Creatinine"
    EGFR = "egfr", "eGFR"
    RETICULOCYTES = "reticulocytes", "Reticulocytes"
    PLATELETS = "platelets", "Platelets"
    IF_ANTIBODY = "if-antibody", "Intrinsic-factor antibody"


@pghistory.track()
class LabResult(Fact):
    """One result in the unit it was reported in.

    A corrected result is a new version that names the one it `replaces`,
    which is voided in the same deed. `source_key` is the sender's own name
    for the result; the same one is never taken in twice.
    """

    class Comparator(models.TextChoices):
        """How the laboratory bounded a value."""

        BELOW = "<", "less than"
        AT_MOST = "<=", "at most"
        AT_LEAST = ">=", "at least"
        ABOVE = ">", "more than"

    class Word(models.TextChoices):
        """The answers of a qualitative test."""

        POSITIVE = "positive", "Positive"
        NEGATIVE = "negative", "Negative"
        EQUIVOCAL = "equivocal", "Equivocal"

    collected_on = models.DateField()
    analyte = models.CharField(max_length=20, choices=Analyte)
    value = models.DecimalField(null=True, blank=True)
    value_word = models.CharField(max_length=10, choices=Word, blank=True)
    comparator = models.CharField(max_length=2, choices=Comparator, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    range_low = models.DecimalField(null=True, blank=True)
    range_high = models.DecimalField(null=True, blank=True)
    laboratory = models.CharField(max_length=100, blank=True)
    source = models.CharField(max_length=20, default="typed")
    source_key = models.CharField(max_length=120, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    acknowledged = models.JSONField(
        default=list, help_text="Warnings seen before saving: code, severity, reason."
    )

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            known("analyte", Analyte, "lab_result_known_analyte"),
            *fact_constraints("lab_result"),
            in_calendar("collected_on", "lab_result_date_in_calendar"),
            models.CheckConstraint(
                condition=Q(value__isnull=False, value__gte=0, value_word="")
                | Q(value=None, comparator="", unit="", analyte="if-antibody") & ~Q(value_word=""),
                name="lab_result_number_or_word",
            ),
            models.CheckConstraint(
                condition=Q(value=None) | ~Q(unit=""), name="lab_result_number_has_a_unit"
            ),
            models.CheckConstraint(
                condition=Q(range_low=None)
                | Q(range_high=None)
                | Q(range_high__gte=F("range_low")),
                name="lab_result_range_in_order",
            ),
            models.UniqueConstraint(
                fields=["patient", "source", "source_key"],
                condition=~Q(source_key="") & Q(voided_at=None),
                name="lab_result_taken_in_once",
            ),
        ]
        indexes = [models.Index(fields=["patient", "collected_on"], name="lab_result_by_day")]
        triggers = [no_delete("lab_result")]
