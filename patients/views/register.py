"""Register a patient, and change who they are and where they are in care."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from b12tracker.clinics.access import Place, place, records
from patients.actions.admit import admit_patient
from patients.actions.register import change_patient, set_away, set_care_status
from patients.forms.register import (
    ASKED_IDENTIFIERS,
    AwayForm,
    CareStatusForm,
    EditPatientForm,
    NewPatientForm,
)
from patients.matching import patient_made_by, possible_duplicates
from patients.models import Patient
from patients.views.support import carried_out, carry_out, patient_or_404, patient_page


@records
def new(request: HttpRequest) -> HttpResponse:
    """Register somebody, after a look at who may be registered already."""
    here = place(request)
    form = NewPatientForm(request.POST or None, clinic=here.clinic)
    alike: list[Patient] = []
    if form.is_valid():
        alike = _alike(form, here)
        if not alike or form.cleaned_data["another_person"]:
            given = {"clinic": here.clinic, "by": here.user, "at": here.now()}
            patient = carry_out(form, admit_patient, **given)
            if patient is not None:
                messages.success(request, "Registered.")
                return redirect("patient-chart", pk=patient.pk)
    context = {
        "form": form,
        "identifier_fields": [form[system.value] for system in ASKED_IDENTIFIERS],
        "alike": alike,
        "today": here.today(),
    }
    return render(request, "patients/new.html", context)


def _alike(form: NewPatientForm, here: Place) -> list[Patient]:
    """Who may be the same person, but for the one whom this very form has made."""
    done = patient_made_by(form.cleaned_data["key"])
    return [
        patient
        for patient in possible_duplicates(
            here.clinic,
            name=form.name,
            birth_date=form.cleaned_data["birth_date"],
            numbers=[identifier.value for identifier in form.identifiers],
        )
        if patient.pk != done
    ]


@records
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change who the person is and how to reach them."""
    patient, here = patient_or_404(request, pk), place(request)
    form = EditPatientForm(request.POST or None, patient=patient)
    given = {"patient": patient, "by": here.user, "at": here.now()}
    if form.is_valid() and carried_out(form, change_patient, **given):
        messages.success(request, "Saved.")
        return redirect("patient-chart", pk=patient.pk)
    return patient_page(request, "patients/edit.html", patient, form=form)


@records
def care_status(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close the record, or take the patient back into care."""
    patient, here = patient_or_404(request, pk), place(request)
    initial = {"status": patient.status, "since": patient.status_since}
    form = CareStatusForm(request.POST or None, patient=patient, initial=initial)
    given = {"patient": patient, "by": here.user, "at": here.now()}
    if form.is_valid() and carried_out(form, set_care_status, **given):
        messages.success(request, "Saved.")
        return redirect("patient-chart", pk=patient.pk)
    return patient_page(request, "patients/care_status.html", patient, form=form)


@records
def away(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that the patient is away; reminders wait, due dates do not."""
    patient, here = patient_or_404(request, pk), place(request)
    standing = patient.absence_set.filter(voided_at=None).first()
    initial = {"start": standing.start, "until": standing.until} if standing else {}
    form = AwayForm(request.POST or None, patient=patient, initial=initial)
    given = {"patient": patient, "by": here.user, "at": here.now()}
    if form.is_valid() and carried_out(form, set_away, **given):
        messages.success(request, "Saved.")
        return redirect("patient-chart", pk=patient.pk)
    return patient_page(request, "patients/away.html", patient, form=form, standing=standing)
