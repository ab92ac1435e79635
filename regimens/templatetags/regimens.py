"""Tags and filters for what the engine says, for every page."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from patients.models import Patient
from patients.presenters import identifier_words
from regimens import presenters
from regimens.banner import Banner, banner_of

register = template.Library()

register.filter("interval", presenters.interval_words)
register.filter("bucket_tag", presenters.tag_for_bucket)
register.filter("severity_tag", presenters.severity_tag)
register.filter("flag_title", presenters.flag_title)
register.filter("phase", presenters.phase_words)
register.filter("regimen", presenters.regimen_words)
register.filter("milestone", presenters.milestone_words)
register.filter("recheck_tag", presenters.tag_for_recheck)
register.filter("tests", presenters.test_words)
register.filter("days", presenters.days_words)
register.filter("identifier", identifier_words)


@register.inclusion_tag("regimens/_banner.html", takes_context=True)
def patient_banner(context: Context, patient: Patient) -> dict[str, Banner]:
    """The patient's banner; reads `today`, and `assessment` where the view has one.

    Raises `KeyError` without `today`: only views may ask what day it is.
    """
    return {"banner": banner_of(patient, context["today"], context.get("assessment"))}


@register.filter
def age(patient: Patient, today: Any) -> str:
    """The patient's age on the clinic's date: `{{ patient|age:today }}`."""
    return presenters.age_words(patient.birth_date, today)
