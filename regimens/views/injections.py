"""Log an injection, see what that did, and take it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from b12tracker.clinics.access import Place, place, reads, records
from patients.actions.errors import Refused
from patients.actions.facts import record_not_given
from patients.models import Injection, Patient
from patients.models.injection import Site
from patients.views.support import carried_out, carry_out, patient_or_404, patient_page
from regimens.actions.inject import (
    Foreseen,
    can_undo,
    dose_of,
    foresee,
    give_injection,
    undo_injection,
)
from regimens.actions.safety import concern_title
from regimens.engine import assess
from regimens.forms.injection import InjectionForm, NotGivenForm
from regimens.gather import gather_one
from regimens.prefill import current_lot, last_sites, next_site, running_course, usual_drug
from regimens.presenters import next_dose_words


@records
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Log a dose: given here or elsewhere, now or in the past."""
    here, patient = place(request), patient_or_404(request, pk)
    form, sites = _form(request, here, patient)
    if form.is_valid():
        made = carry_out(form, give_injection, patient=patient, by=here.user, at=here.now())
        if made is not None:
            return redirect(_after(form, made))
    return patient_page(
        request,
        "regimens/injection_form.html",
        patient,
        sites=[(day, Site(site).label) for day, site in sites],
        **_foreseen(form, patient, here),
    )


@records
@require_POST
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What saving the form as typed so far would do; saves nothing."""
    here, patient = place(request), patient_or_404(request, pk)
    form = InjectionForm(request.POST, patient=patient, by=here.user, now=here.now())
    return render(request, "regimens/injection_foreseen.html", _foreseen(form, patient, here))


def _form(
    request: HttpRequest, here: Place, patient: Patient
) -> tuple[InjectionForm, list[tuple[Any, str]]]:
    """The form, prefilled from the running order, and the last sites."""
    sites = last_sites(patient)
    drug = usual_drug(running_course(patient, here.today()))
    lot, expiry = current_lot(here.clinic, drug, here.today())
    site = next_site([site for _, site in sites])
    initial = {"drug": drug, "site": site, "lot": lot, "expiry": expiry}
    form = InjectionForm(
        request.POST or None, patient=patient, by=here.user, now=here.now(), initial=initial
    )
    return form, sites


def _foreseen(form: InjectionForm, patient: Patient, here: Place) -> dict[str, Any]:
    """What saving would do, from what is typed, or prefilled; nothing while that makes no dose."""
    values, today, facts = _dose_values(form), here.today(), gather_one(patient)
    given_on = values.get("given_on")
    found: Foreseen | None = None
    if given_on and patient.birth_date <= given_on <= today:
        dose = dose_of(given_on, values)
        found = foresee(facts, dose, expiry=values.get("expiry"), today=today)
    return {
        "form": form,
        "assessment": assess(facts, today),
        "foreseen": found,
        "next_dose": next_dose_words(found.next_dose, found.phase) if found else None,
        "asked": form.asked(found.concerns if found else ()),
    }


def _dose_values(form: InjectionForm) -> dict[str, Any]:
    """The fields that make a dose, or nothing while one of them is wrong."""
    if not form.is_bound:
        return dict(form.initial)
    form.is_valid()
    needed = ("given_on", "drug", "amount_ug", "route")
    values = form.cleaned_data
    if any(values.get(name) in (None, "") for name in needed):
        return {}
    return {**values, "elsewhere": values.get("who") == form.ELSEWHERE}


def _after(form: InjectionForm, made: Injection) -> str:
    """The page after saving: the symptom review that was asked for, else what was saved."""
    if form.cleaned_data["symptoms_since"]:
        return reverse("fact-new", kwargs={"pk": made.patient_id, "kind": "symptoms"})
    return reverse("injection-saved", kwargs={"pk": made.patient_id, "injection": made.pk})


@records
def not_given(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that a dose was not given, and why; it moves no date."""
    here, patient = place(request), patient_or_404(request, pk)
    form = NotGivenForm(request.POST or None, patient=patient, initial={"date": here.today()})
    if form.is_valid() and carried_out(
        form, record_not_given, patient=patient, by=here.user, at=here.now()
    ):
        messages.success(request, "Saved: the injection was not given. It stays due.")
        return redirect("patient-chart", pk=patient.pk)
    return patient_page(request, "regimens/injection_not_given.html", patient, form=form)


def _injection(request: HttpRequest, pk: UUID, injection: int) -> tuple[Patient, Injection]:
    patient = patient_or_404(request, pk)
    rows = Injection.objects.select_related("recorded_by", "voided_by")
    return patient, get_object_or_404(rows, pk=injection, patient=patient)


@reads
def saved(request: HttpRequest, pk: UUID, injection: int) -> HttpResponse:
    """A recorded dose: what it did, and what can follow."""
    here = place(request)
    patient, made = _injection(request, pk, injection)
    found = assess(gather_one(patient), here.today())
    return patient_page(
        request,
        "regimens/injection_saved.html",
        patient,
        assessment=found,
        injection=made,
        given_at=here.clinic.local(made.given_at),
        recorded_at=here.clinic.local(made.recorded_at),
        dose=found.next_dose,
        next_dose=next_dose_words(found.next_dose, found.phase),
        answered=[(concern_title(kept["code"]), kept["reason"]) for kept in made.acknowledged],
        can_record=here.can_record,
        can_undo=here.can_record and can_undo(made, here.now()),
    )


@records
@require_POST
def undo(request: HttpRequest, pk: UUID, injection: int) -> HttpResponse:
    """Take back a dose that was recorded by mistake a moment ago."""
    here = place(request)
    patient, made = _injection(request, pk, injection)
    try:
        undo_injection(injection=made, by=here.user, at=here.now())
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("injection-saved", pk=patient.pk, injection=made.pk)
    messages.success(request, "Undone: the injection is struck through and no longer counts.")
    return redirect("patient-chart", pk=patient.pk)
