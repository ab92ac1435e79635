"""Forms that were already carried out, so that none is carried out twice."""

from __future__ import annotations

import uuid

from django.db import models

from patients.models.patient import Patient


class Submission(models.Model):
    """One filled-in form, known by the key that was made when it was shown."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="+")
    action = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.action} {self.key}"
