"""The person: who they are, how to reach them, whether they are in care here."""

from __future__ import annotations

import re
import uuid

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Concat

from b12tracker.clinics.models import Clinic
from patients.models.base import (
    Fact,
    FactQuerySet,
    fact_constraints,
    in_calendar,
    known,
    no_delete,
    starts_before_it_ends,
)

# CJK unified ideographs, with their extensions and the compatibility forms.
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


class SearchKey(Func):
    """How names are compared: lower case, without accents; one place, the database."""

    function = "b12_search_key"
    output_field = TextField(db_collation="C")


class Sex(models.TextChoices):
    """As the cut-offs for haemoglobin ask it."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Not known"


class CareStatus(models.TextChoices):
    """In care here, or why not."""

    ACTIVE = "active", "Active"
    TRANSFERRED = "transferred", "Transferred"
    DECEASED = "deceased", "Deceased"


class Pregnancy(models.TextChoices):
    """Pregnant or not, by trimester where known."""

    NO = "no", "Not pregnant"
    YES = "yes", "Pregnant, trimester not known"
    FIRST = "1", "Pregnant, first trimester"
    SECOND = "2", "Pregnant, second trimester"
    THIRD = "3", "Pregnant, third trimester"


@pghistory.track(exclude=["search_key"])
class Patient(models.Model):
    """One person in the care of one clinic.

    `version` counts the changes to anything about the person; a form that was
    made for an older version is stale.
    """

    Sex, Pregnancy, Status = Sex, Pregnancy, CareStatus

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="patients")
    family_name = models.CharField(max_length=150)
    given_names = models.CharField(max_length=150, blank=True)
    birth_date = models.DateField()
    sex = models.CharField(max_length=10, choices=Sex, default=Sex.UNKNOWN)
    pregnancy = models.CharField(max_length=3, choices=Pregnancy, default=Pregnancy.NO)
    breastfeeding = models.BooleanField(default=False)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    address = models.TextField(blank=True, max_length=500)
    language = models.CharField(max_length=10, default="en")
    messages_consent = models.BooleanField(default=False)
    status = models.CharField(max_length=12, choices=Status, default=Status.ACTIVE)
    status_since = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    search_key = models.GeneratedField(
        expression=SearchKey(Concat(F("family_name"), Value(" "), F("given_names"))),
        output_field=TextField(db_collation="C"),
        db_persist=True,
    )

    class Meta:
        constraints = [
            known("pregnancy", Pregnancy, "patient_known_pregnancy"),
            known("status", CareStatus, "patient_known_status"),
            known("sex", Sex, "patient_known_sex"),
            models.CheckConstraint(
                condition=Q(status="active", status_since=None)
                | ~Q(status="active") & Q(status_since__isnull=False),
                name="patient_status_and_its_date_together",
            ),
            models.CheckConstraint(
                condition=Q(status_since=None) | Q(status_since__gte=F("birth_date")),
                name="patient_status_not_before_birth",
            ),
            models.CheckConstraint(
                condition=~Q(family_name=""), name="patient_family_name_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(messages_consent=False) | ~Q(email="") | ~Q(phone=""),
                name="patient_consent_needs_an_address",
            ),
            in_calendar("birth_date", "patient_birth_date_in_calendar"),
        ]
        indexes = [
            # name search: any part, misspelt
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="patient_name_trgm"),
            # the register, by name
            models.Index(fields=["clinic", "search_key", "id"], name="patient_by_name"),
            models.Index(fields=["clinic", "birth_date"], name="patient_by_birth_date"),
        ]
        triggers = [no_delete("patient")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Given names, then the family name; in Chinese characters the other way, unspaced."""
        if HAN.fullmatch(self.family_name) and HAN.fullmatch(self.given_names):
            return f"{self.family_name}{self.given_names}"
        return f"{self.given_names} {self.family_name}".strip()

    @property
    def list_name(self) -> str:
        """The family name first, as lists show it."""
        return ", ".join(filter(None, [self.family_name.upper(), self.given_names]))


@pghistory.track()
class PatientIdentifier(Fact):
    """A number that some system knows the patient by."""

    class System(models.TextChoices):
        """Who gave the number."""

        NHS = "nhs-number", "NHS number"
        CHI = "chi-number", "CHI number"
        MRN = "clinic-number", "Clinic number"
        OTHER = "other", "Other number"

    system = models.CharField(max_length=20, choices=System)
    value = models.CharField(max_length=40)
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            *fact_constraints("identifier"),
            models.UniqueConstraint(
                fields=["clinic", "system", "value"],
                condition=Q(voided_at=None),
                name="identifier_one_patient_each",
            ),
            models.CheckConstraint(condition=~Q(value=""), name="identifier_not_empty"),
        ]
        indexes = [models.Index(fields=["clinic", "value"], name="identifier_by_value")]
        triggers = [no_delete("identifier")]


@pghistory.track()
class Absence(Fact):
    """A spell away from the clinic; `until` is its last day, empty until further notice."""

    start = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            *fact_constraints("absence"),
            starts_before_it_ends("start", "until", "absence_dates_in_order"),
            in_calendar("start", "absence_start_in_calendar"),
            models.UniqueConstraint(
                fields=["patient"], condition=Q(voided_at=None), name="absence_one_standing"
            ),
        ]
        triggers = [no_delete("absence")]
