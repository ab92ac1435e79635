"""What prescribers ordered: courses, extra rechecks, rechecks switched off."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from patients.models.base import (
    Fact,
    FactQuerySet,
    fact_constraints,
    in_calendar,
    no_delete,
    starts_before_it_ends,
)
from patients.models.injection import Drug


class Regimen(models.TextChoices):
    """The five ways of treating."""

    NEURO = "im-neuro", "Injections, with neurological symptoms"
    STANDARD = "im-standard", "Injections, without neurological symptoms"
    ILEAL = "im-ileal", "Injections after ileal resection or in ileal Crohn's"
    BARIATRIC = "im-bariatric", "Injections after bariatric surgery"
    ORAL = "oral", "Tablets by mouth"


@pghistory.track()
class Course(Fact):
    """An order of a prescriber; it runs until its end or the start of the next one."""

    start = models.DateField()
    regimen = models.CharField(max_length=15, choices=Regimen)
    interval = models.CharField(max_length=5, blank=True, help_text="ISO 8601, such as P3M.")
    drug = models.CharField(max_length=20, choices=Drug, default=Drug.HYDROXO)
    loading_ended = models.DateField(null=True, blank=True)
    reload = models.BooleanField(default=False)
    end = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=500, blank=True)
    oral_daily_ug = models.DecimalField(null=True, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    acknowledged = models.JSONField(
        default=list, help_text="Warnings seen or overridden: code, severity, reason."
    )

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            *fact_constraints("course"),
            starts_before_it_ends("start", "end", "course_dates_in_order"),
            starts_before_it_ends("start", "loading_ended", "course_loading_ends_after_start"),
            in_calendar("start", "course_start_in_calendar"),
            models.CheckConstraint(
                condition=Q(end=None, end_reason="") | (Q(end__isnull=False) & ~Q(end_reason="")),
                name="course_end_and_reason_together",
            ),
            models.CheckConstraint(
                condition=Q(interval="") | Q(interval__regex=r"^P[1-9][0-9]?[MW]$"),
                name="course_interval_is_months_or_weeks",
            ),
            models.CheckConstraint(
                condition=Q(regimen__in=Regimen.values), name="course_known_regimen"
            ),
            models.CheckConstraint(
                condition=Q(oral_daily_ug=None) | Q(oral_daily_ug__gt=0, regimen="oral"),
                name="course_oral_dose_of_an_oral_course",
            ),
            models.UniqueConstraint(
                fields=["patient", "start"],
                condition=Q(voided_at=None) & (Q(end=None) | Q(end__gt=models.F("start"))),
                name="course_one_start_a_day",
            ),
        ]
        triggers = [no_delete("course")]


@pghistory.track()
class ExtraRecheck(Fact):
    """A recheck that a prescriber set on a date of their own."""

    date = models.DateField()
    reason = models.CharField(max_length=500, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            *fact_constraints("extra_recheck"),
            in_calendar("date", "extra_recheck_date_in_calendar"),
        ]
        triggers = [no_delete("extra_recheck")]


@pghistory.track()
class RechecksOff(Fact):
    """A spell during which a patient's rechecks are switched off."""

    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=500)

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "rechecks off"
        constraints = [
            *fact_constraints("rechecks_off"),
            starts_before_it_ends("start", "end", "rechecks_off_dates_in_order"),
            in_calendar("start", "rechecks_off_start_in_calendar"),
            models.CheckConstraint(condition=~Q(reason=""), name="rechecks_off_has_a_reason"),
        ]
        triggers = [no_delete("rechecks_off")]
