"""Add a panel of results, see a value in its other unit, correct a result."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import escape
from django.views.decorators.http import require_POST

from b12tracker.clinics.access import place, records
from patients.actions.results import correct_result, record_results
from patients.forms.results import CorrectForm, PanelForm
from patients.models import Analyte, LabResult, Patient
from patients.presenters import other_unit_words
from patients.units import parse_value
from patients.views.support import carried_out, patient_or_404, patient_page


@records
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add the results of one sample, all or none."""
    patient, here = patient_or_404(request, pk), place(request)
    form = PanelForm(
        request.POST or None,
        patient=patient,
        units=_last_units(patient),
        initial={"collected_on": here.today()},
    )
    given = {"patient": patient, "by": here.user, "at": here.now()}
    if form.is_valid() and carried_out(form, record_results, **given):
        messages.success(request, "Saved. Flags and dates have been worked out again.")
        return redirect("patient-chart", pk=patient.pk)
    return patient_page(request, "patients/results_new.html", patient, form=form)


def _last_units(patient: Patient) -> dict[str, str]:
    """The unit in which each analyte was last reported for this patient."""
    rows = LabResult.objects.standing().filter(patient=patient).exclude(unit="")
    return dict(rows.order_by("collected_on", "pk").values_list("analyte", "unit"))


@records
def correct(request: HttpRequest, pk: UUID, result: int) -> HttpResponse:
    """Put a new version in the place of a result; the old one stays, struck through."""
    patient, here = patient_or_404(request, pk), place(request)
    row = get_object_or_404(LabResult.objects.select_related("patient"), pk=result, patient=patient)
    form = CorrectForm(request.POST or None, patient=patient, result=row)
    given = {"result": row, "by": here.user, "at": here.now()}
    if form.is_valid() and carried_out(form, correct_result, **given):
        messages.success(request, "Saved: a corrected result.")
        return redirect("patient-chart", pk=patient.pk)
    return patient_page(request, "patients/result_correct.html", patient, form=form, result=row)


@records
@require_POST
def other_unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The value of one row in another usual unit, as a piece of the page."""
    patient_or_404(request, pk)
    analyte = request.POST.get("analyte", "")
    if analyte not in Analyte.values:
        return HttpResponse("")
    text, unit = request.POST.get(analyte, ""), request.POST.get(f"unit-{analyte}", "")
    try:
        comparator, value = parse_value(text)
        return HttpResponse(escape(other_unit_words(analyte, value, unit, comparator)))
    except ValueError:
        return HttpResponse("")
