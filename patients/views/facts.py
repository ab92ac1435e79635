"""Add, end and void facts of the kinds that need no page of their own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from b12tracker.clinics.access import place, records
from patients.actions.facts import end_use, void_fact
from patients.forms.register import EndForm, VoidForm
from patients.models import Fact, Injection, Patient
from patients.presenters import fact_words
from patients.views.kinds import KINDS, Kind
from patients.views.support import carried_out, patient_or_404, patient_page


def _kind(slug: str) -> Kind:
    try:
        return KINDS[slug]
    except KeyError as unknown:
        raise Http404 from unknown


def _fact(patient: Patient, kind: Kind, pk: int) -> Fact:
    rows = kind.model._default_manager.select_related("recorded_by", "voided_by")
    return get_object_or_404(rows, pk=pk, patient=patient)


@records
def new(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Add one fact."""
    patient, found, here = patient_or_404(request, pk), _kind(kind), place(request)
    if found.form is None or found.action is None:
        raise Http404
    about = _about(request, patient, kind)
    form = found.form(request.POST or None, patient=patient, today=here.today())
    given = {**(about or {"patient": patient}), "by": here.user, "at": here.now()}
    if form.is_valid() and carried_out(form, found.action, **given):
        messages.success(request, f"Saved: {found.noun}.")
        return redirect("patient-chart", pk=patient.pk)
    return patient_page(
        request,
        "patients/fact_new.html",
        patient,
        form=form,
        heading=found.heading,
        about=[fact_words(fact) for fact in about.values()],
    )


def _about(request: HttpRequest, patient: Patient, kind: str) -> dict[str, Any]:
    """The injection that a reaction is a reaction to; nothing for other kinds."""
    if kind != "reaction":
        return {}
    number = request.GET.get("injection", "")
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        raise Http404
    rows = Injection.objects.standing()
    return {"injection": get_object_or_404(rows, pk=int(number), patient=patient)}


@records
def void(request: HttpRequest, pk: UUID, kind: str, fact: int) -> HttpResponse:
    """Mark an entry as wrong, with the reason; it stays visible."""
    patient, found, here = patient_or_404(request, pk), _kind(kind), place(request)
    row = _fact(patient, found, fact)
    form = VoidForm(request.POST or None, patient=patient)
    if form.is_valid() and carried_out(form, void_fact, fact=row, by=here.user, at=here.now()):
        messages.success(request, f"Voided: {found.noun}. It stays in the record, struck through.")
        return redirect("patient-chart", pk=patient.pk)
    return patient_page(
        request,
        "patients/fact_void.html",
        patient,
        form=form,
        noun=found.noun,
        fact=row,
        words=fact_words(row),
        recorded_on=here.clinic.local_date(row.recorded_at),
    )


@records
def end(request: HttpRequest, pk: UUID, kind: str, fact: int) -> HttpResponse:
    """Note when a medicine, folic acid or condition ended."""
    patient, found, here = patient_or_404(request, pk), _kind(kind), place(request)
    if not found.end_field:
        raise Http404
    row = _fact(patient, found, fact)
    form = EndForm(request.POST or None, patient=patient, initial={"end": here.today()})
    if form.is_valid() and carried_out(form, end_use, use=row, by=here.user, at=here.now()):
        messages.success(request, f"Saved: the end of the {found.noun}.")
        return redirect("patient-chart", pk=patient.pk)
    return patient_page(
        request,
        "patients/fact_end.html",
        patient,
        form=form,
        noun=found.noun,
        words=fact_words(row),
    )
