"""What every fact carries: whose it is, who recorded it when, and whether it was voided."""

from __future__ import annotations

from datetime import date
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

VOID_WHOLE = Q(voided_at=None, voided_by=None, void_reason="") | (
    Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")
)


class FactQuerySet[FactT: models.Model](models.QuerySet[FactT]):
    """Questions that every kind of fact answers."""

    def standing(self) -> FactQuerySet[FactT]:
        """Facts that nobody has voided."""
        return self.filter(voided_at=None)


class Recorded(models.Model):
    """A row that is never deleted: a wrong one is voided, with a reason, and stays."""

    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    void_reason = models.TextField(blank=True, max_length=1000)

    class Meta:
        abstract = True

    @property
    def is_voided(self) -> bool:
        """Whether it was entered in error."""
        return self.voided_at is not None


class Fact(Recorded):
    """A dated fact about one patient.

    `key_fields` name what makes two rows of a kind the same statement; they
    are what a list shows and what an audit event keeps.
    """

    patient = models.ForeignKey("patients.Patient", models.PROTECT)
    note = models.TextField(blank=True, max_length=10_000)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


def fact_constraints(name: str) -> list[models.BaseConstraint]:
    """The named constraint that every fact table carries."""
    return [models.CheckConstraint(condition=VOID_WHOLE, name=f"{name}_void_whole")]


def no_delete(name: str) -> pgtrigger.Protect:
    """A trigger that refuses to delete rows of a table of facts."""
    return pgtrigger.Protect(name=f"{name}_no_delete", operation=pgtrigger.Delete)


def starts_before_it_ends(start: str, end: str, name: str) -> models.CheckConstraint:
    """A period whose end is not before its beginning."""
    condition: dict[str, Any] = {f"{end}__gte": models.F(start)}
    return models.CheckConstraint(condition=Q(**{end: None}) | Q(**condition), name=name)


def in_calendar(field: str, name: str) -> models.CheckConstraint:
    """A date that the engine can read: 1900 to 2199."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__gte": date(1900, 1, 1), f"{field}__lte": date(2199, 12, 31)}),
        name=name,
    )


def known(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """A code that is one of its list."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)
