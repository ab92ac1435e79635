"""The ledger of jobs and the worker's heartbeat."""

from __future__ import annotations

from django.db import models

from b12tracker.clinics.models import Clinic


class Heartbeat(models.Model):
    """The last time a scheduled task went through a worker, end to end. One row."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M}"


class JobRun(models.Model):
    """One piece of work that must be done once: its key, its attempts, its end."""

    class State(models.TextChoices):
        """How far it came."""

        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    name = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    clinic = models.ForeignKey(Clinic, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    attempts = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    summary = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "key"], name="job_run_once"),
            models.CheckConstraint(
                condition=models.Q(state="running", ended_at=None)
                | (~models.Q(state="running") & models.Q(ended_at__isnull=False)),
                name="job_run_ended_with_its_time",
            ),
        ]
        indexes = [models.Index(fields=["name", "clinic", "-started_at"], name="job_run_last")]

    def __str__(self) -> str:
        return f"{self.name} {self.key}: {self.state}"
