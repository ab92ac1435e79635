"""Reminders for doses and rechecks, each made once."""

from __future__ import annotations

import pghistory
from django.db import models

from b12tracker.clinics.models import Clinic
from patients.models import Patient


@pghistory.track()
class Reminder(models.Model):
    """One reminder step of one dose or recheck of one patient.

    `state` says whether it still stands: `open`; `overtaken` when a later step
    was reached first; `closed` when what it reminds of is no longer so.
    """

    class Kind(models.TextChoices):
        """What is due."""

        DOSE = "dose", "Injection"
        RECHECK = "recheck", "Blood test"

    class State(models.TextChoices):
        """Whether it still stands."""

        OPEN = "open", "Open"
        OVERTAKEN = "overtaken", "Overtaken by a later step"
        CLOSED = "closed", "Closed"

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="reminders")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    for_date = models.DateField(help_text="The due date that it is about.")
    milestone = models.CharField(max_length=15, blank=True)
    step = models.CharField(max_length=15)
    on = models.DateField(help_text="The day from which it stands.")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "kind", "for_date", "step"], name="reminder_made_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", closed_at=None)
                | (~models.Q(state="open") & models.Q(closed_at__isnull=False)),
                name="reminder_closed_with_its_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["clinic", "on"], condition=models.Q(state="open"), name="reminder_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.step} for {self.for_date}"
