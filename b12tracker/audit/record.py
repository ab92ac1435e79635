"""The one way into the audit trail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from b12tracker.audit.models import AuditEvent


def record(
    action: str,
    *,
    by: str,
    at: datetime,
    clinic_id: UUID | None = None,
    patient_id: UUID | None = None,
    thing: models.Model | None = None,
    reason: str = "",
    details: dict[str, Any] | None = None,
) -> AuditEvent:
    """Write one deed, in the caller's transaction.

    `by` is a user name or a job's name and must not be empty: nothing
    happens here without somebody who did it.
    """
    if not by:
        raise ValueError("an audit event needs an actor")
    return AuditEvent.objects.create(
        action=action,
        actor=by,
        at=at,
        clinic_id=clinic_id,
        patient_id=patient_id,
        object_type=thing._meta.label_lower if thing is not None else "",
        object_id=str(thing.pk) if thing is not None else "",
        reason=reason,
        details=details or {},
    )


def record_many(
    action: str,
    *,
    by: str,
    at: datetime,
    clinic_id: UUID,
    patient_ids: Sequence[UUID],
    details: dict[str, Any],
) -> None:
    """Write the same deed for many patients of one clinic, in the caller's transaction."""
    if not by:
        raise ValueError("an audit event needs an actor")
    AuditEvent.objects.bulk_create(
        (
            AuditEvent(
                action=action,
                actor=by,
                at=at,
                clinic_id=clinic_id,
                patient_id=patient_id,
                details=details,
            )
            for patient_id in patient_ids
        ),
        batch_size=10_000,
    )
