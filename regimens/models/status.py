"""The latest assessment of each patient, kept only so that lists can sort and filter."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from b12tracker.clinics.models import Clinic
from patients.models import Patient


class Bucket(models.TextChoices):
    """Where a patient stands on today's list; the order is the list's."""

    LAPSED = "lapsed", "Lapsed"
    LONG_OVERDUE = "long-overdue", "Long overdue"
    OVERDUE = "overdue", "Overdue"
    LATE = "late", "Late"
    DUE_TODAY = "due-today", "Due today"
    LOADING = "loading", "Loading now"
    DUE_SOON = "due-soon", "Due soon"
    RECHECK_ONLY = "recheck-only", "Recheck only"
    NOT_STARTED = "not-started", "Not started"
    NO_FORECAST = "no-forecast", "No forecast"
    ORAL = "oral", "Oral"
    AWAY = "away", "Away"
    UP_TO_DATE = "up-to-date", "Up to date"
    CLOSED = "closed", "Closed"


class Status(models.Model):
    """Where one patient stands: a cache, safe to delete, rebuilt from the facts.

    Nothing decides care from it; pages about one patient ask the engine.
    `rank` is the order of risk within a clinic's lists, smallest first.
    """

    patient = models.OneToOneField(
        Patient, models.PROTECT, primary_key=True, related_name="standing"
    )
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    assessed_on = models.DateField()
    changes_on = models.DateField(null=True)
    bucket = models.CharField(max_length=15, choices=Bucket)
    rank = models.IntegerField()
    phase = models.CharField(max_length=15)
    controlled = models.BooleanField()
    neurological = models.BooleanField()
    regimen = models.CharField(max_length=15, blank=True)
    due = models.DateField(null=True)
    overdue_from = models.DateField(null=True)
    band = models.CharField(max_length=15, blank=True)
    recheck_due = models.DateField(null=True)
    recheck_status = models.CharField(max_length=15, blank=True)
    flags = ArrayField(models.CharField(max_length=40), default=list)
    critical = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "statuses"
        indexes = [
            # the nightly job: whose answer changes by today
            models.Index(
                fields=["clinic", "changes_on"],
                condition=models.Q(changes_on__isnull=False),
                name="status_changes",
            ),
            # today's list in its order
            models.Index(fields=["clinic", "rank", "due", "patient"], name="status_today"),
            models.Index(fields=["clinic", "bucket", "rank"], name="status_by_bucket"),
            GinIndex(fields=["flags"], name="status_by_flag"),
        ]

    def __str__(self) -> str:
        return f"{self.bucket} on {self.assessed_on}"
