"""The audit trail; it has no foreign keys, so that it outlives what it records."""

from __future__ import annotations

import pgtrigger
from django.db import models


class AuditEvent(models.Model):
    """One deed of one person: what, on which record, why. Written once, for good."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=150, help_text="User name, or the name of the job.")
    clinic_id = models.UUIDField(null=True)
    patient_id = models.UUIDField(null=True)
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            # the chart's "who looked at and changed this record"
            models.Index(fields=["patient_id", "-at"], name="audit_by_patient"),
            models.Index(fields=["clinic_id", "-at"], name="audit_by_clinic"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="audit_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.action} by {self.actor}"
