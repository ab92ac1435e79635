"""Injections given and not given, and reactions to them."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from patients.models.base import Fact, FactQuerySet, fact_constraints, in_calendar, no_delete


class Drug(models.TextChoices):
    """The forms of vitamin B12."""

    HYDROXO = "hydroxocobalamin", "Hydroxocobalamin"
    CYANO = "cyanocobalamin", "Cyanocobalamin"
    METHYL = "methylcobalamin", "Methylcobalamin"


class Route(models.TextChoices):
    """How a dose went in; the oral one for history only."""

    IM = "IM", "Into a muscle (IM)"
    SC = "SC", "Under the skin (SC)"
    IV = "IV", "Into a vein (IV)"
    ORAL = "oral", "By mouth"


class Site(models.TextChoices):
    """Where the needle went."""

    DELTOID_LEFT = "deltoid-left", "Left upper arm (deltoid)"
    DELTOID_RIGHT = "deltoid-right", "Right upper arm (deltoid)"
    VASTUS_LEFT = "vastus-lateralis-left", "Left outer thigh (vastus lateralis)"
    VASTUS_RIGHT = "vastus-lateralis-right", "Right outer thigh (vastus lateralis)"
    VENTRO_LEFT = "ventrogluteal-left", "Left hip (ventrogluteal)"
    VENTRO_RIGHT = "ventrogluteal-right", "Right hip (ventrogluteal)"
    BUTTOCK_LEFT = "buttock-left", "Left buttock (not advised)"
    BUTTOCK_RIGHT = "buttock-right", "Right buttock (not advised)"


@pghistory.track()
class Injection(Fact):
    """A dose that was given: here or elsewhere, now or in the past.

    `given_at` is the moment it was given, `given_on` the clinic's date then;
    `recorded_at` is when somebody wrote it down.
    """

    given_at = models.DateTimeField()
    given_on = models.DateField()
    time_known = models.BooleanField(
        default=True, help_text="If not, the time of day in given_at stands for none."
    )
    drug = models.CharField(max_length=20, choices=Drug)
    amount_ug = models.DecimalField()
    route = models.CharField(max_length=4, choices=Route)
    site = models.CharField(max_length=25, choices=Site, blank=True)
    lot = models.CharField(max_length=40, blank=True)
    expiry = models.DateField(null=True, blank=True)
    given_by = models.CharField(max_length=150, help_text="Who held the needle.")
    elsewhere = models.BooleanField(default=False)
    place = models.CharField(max_length=200, blank=True)
    identity_checked = models.BooleanField(default=False)
    acknowledged = models.JSONField(
        default=list, help_text="Warnings seen before saving: code, severity, reason."
    )

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            *fact_constraints("injection"),
            in_calendar("given_on", "injection_date_in_calendar"),
            models.CheckConstraint(
                condition=Q(amount_ug__gt=0), name="injection_amount_above_zero"
            ),
            models.CheckConstraint(condition=Q(drug__in=Drug.values), name="injection_known_drug"),
            models.CheckConstraint(
                condition=Q(route__in=Route.values), name="injection_known_route"
            ),
            models.CheckConstraint(
                condition=Q(site="") | Q(site__in=Site.values), name="injection_known_site"
            ),
        ]
        indexes = [models.Index(fields=["patient", "given_on"], name="injection_by_day")]
        triggers = [no_delete("injection")]


@pghistory.track()
class InjectionNotGiven(Fact):
    """A dose that was meant to be given and was not."""

    class Reason(models.TextChoices):
        """Why not."""

        DECLINED = "declined", "Patient declined"
        DID_NOT_COME = "did-not-come", "Did not come"
        UNWELL = "unwell", "Patient unwell"
        BLEEDING_RISK = "bleeding-risk", "Bleeding risk today"
        REACTION = "earlier-reaction", "Reaction to an earlier dose"
        NO_STOCK = "no-stock", "No stock"
        REVIEW = "clinician-review", "Waiting for a clinician's review"
        OTHER = "other", "Other reason (say which)"

    date = models.DateField()
    reason = models.CharField(max_length=20, choices=Reason)

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "injections not given"
        constraints = [
            *fact_constraints("not_given"),
            in_calendar("date", "not_given_date_in_calendar"),
            models.CheckConstraint(
                condition=~Q(reason="other") | ~Q(note=""), name="not_given_other_says_which"
            ),
        ]
        triggers = [no_delete("not_given")]


@pghistory.track()
class Reaction(Fact):
    """What happened after a dose."""

    injection = models.ForeignKey(Injection, models.PROTECT, related_name="reactions")
    date = models.DateField()
    description = models.CharField(max_length=500)

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            *fact_constraints("reaction"),
            in_calendar("date", "reaction_date_in_calendar"),
            models.CheckConstraint(condition=~Q(description=""), name="reaction_is_described"),
        ]
        triggers = [no_delete("reaction")]
