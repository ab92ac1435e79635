"""Register a patient together with why they are treated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from b12tracker.clinics.models import Clinic, User
from patients.actions.errors import Refused
from patients.actions.facts import record_diagnosis
from patients.actions.register import Identifier, register_patient
from patients.models import Patient


def admit_patient(
    *,
    clinic: Clinic,
    by: User,
    at: datetime,
    key: UUID,
    identifiers: Sequence[Identifier] = (),
    diagnosis: dict[str, Any] | None = None,
    **details: Any,
) -> Patient:
    """Make a new patient, with the diagnosis (date, cause, deficient) where there is one.

    All or nothing; the same key makes the same patient once. Raises `Refused`.
    """
    with transaction.atomic():
        patient = register_patient(
            clinic=clinic, by=by, at=at, key=key, identifiers=identifiers, **details
        )
        if diagnosis is not None:
            try:
                record_diagnosis(
                    patient=patient, by=by, at=at, key=uuid5(key, "diagnosis"), **diagnosis
                )
            except Refused as refused:
                field = "diagnosed_on" if refused.field == "date" else refused.field
                raise Refused(refused.message, field=field) from refused
    return patient
