"""Order treatment, end it, and set rechecks: for prescribers."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from b12tracker.clinics.access import Place, orders, place
from patients.forms.register import VoidForm
from patients.models import Patient
from patients.models.injection import Drug
from patients.presenters import day_words
from patients.views.support import carried_out, patient_or_404, patient_page
from regimens.actions import order as actions
from regimens.actions.safety import end_concerns, off_concerns, order_concerns, with_order
from regimens.engine import assess
from regimens.engine import facts as engine
from regimens.engine.protocol import PROTOCOL
from regimens.forms.order import (
    EndCourseForm,
    ExtraRecheckForm,
    LoadingEndedForm,
    OrderForm,
    RechecksOffForm,
)
from regimens.gather import gather_one
from regimens.models import Course, ExtraRecheck, RechecksOff
from regimens.prefill import running_course
from regimens.presenters import next_dose_words, regimen_words

ORDERS: dict[str, tuple[type[Course] | type[ExtraRecheck] | type[RechecksOff], str]] = {
    "course": (Course, "order"),
    "extra-recheck": (ExtraRecheck, "extra recheck"),
    "rechecks-off": (RechecksOff, "spell without rechecks"),
}


def _foreseen(form: OrderForm, patient: Patient, here: Place) -> dict[str, Any]:
    """Where the patient stands, what is suggested, and what the order as typed would do."""
    facts = gather_one(patient)
    now = assess(facts, here.today())
    if not form.is_bound:
        form.suggest(now.suggestion)
    context = {"form": form, "assessment": now, "suggestion": now.suggestion, "asked": []}
    if form.is_whole and form.ordered()["start"] >= patient.birth_date:
        course = actions.course_of(**form.ordered())
        then = with_order(facts, course, here.today())
        context |= {
            "asked": form.asked(order_concerns(facts, course, here.today())),
            "due": then.next_dose.due if then.next_dose else None,
            "next_dose": next_dose_words(then.next_dose, then.phase),
        }
    return context


@orders
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Order a course: the suggestion with its reason, and the prescriber's choice."""
    here, patient = place(request), patient_or_404(request, pk)
    start = {"start": here.today(), "drug": Drug.HYDROXO}
    form = OrderForm(request.POST or None, patient=patient, initial=start)
    if form.is_valid() and carried_out(
        form, actions.order_course, patient=patient, by=here.user, at=here.now()
    ):
        messages.success(request, "Saved: the order.")
        return redirect("patient-chart", pk=patient.pk)
    return patient_page(
        request,
        "regimens/order_form.html",
        patient,
        running=running_course(patient, here.today()),
        protocols=[
            (regimen_words(code), protocol.words, protocol.source)
            for code, protocol in PROTOCOL.regimens.items()
        ],
        **_foreseen(form, patient, here),
    )


@orders
@require_POST
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the order as typed so far would do; saves nothing."""
    here, patient = place(request), patient_or_404(request, pk)
    form = OrderForm(request.POST, patient=patient)
    return render(request, "regimens/order_foreseen.html", _foreseen(form, patient, here))


def _course(patient: Patient, course: int) -> Course:
    rows = Course.objects.standing().select_related("patient__clinic")
    return get_object_or_404(rows, pk=course, patient=patient)


@orders
def end(request: HttpRequest, pk: UUID, course: int) -> HttpResponse:
    """End a course, with who decided it and why."""
    here, patient = place(request), patient_or_404(request, pk)
    row = _course(patient, course)
    form = EndCourseForm(request.POST or None, patient=patient, initial={"end": here.today()})
    if form.is_valid() and carried_out(
        form, actions.end_course, course=row, by=here.user, at=here.now()
    ):
        messages.success(request, f"Saved: the treatment ends on {day_words(row_end(form))}.")
        return redirect("patient-chart", pk=patient.pk)
    ends = row_end(form) or here.today()
    concerns = end_concerns(gather_one(patient), row.start, max(ends, row.start), here.today())
    return patient_page(
        request,
        "regimens/order_end.html",
        patient,
        form=form,
        course=row,
        asked=form.asked(concerns),
    )


def row_end(form: EndCourseForm) -> date | None:
    """The day that was typed, where it is one."""
    return form.cleaned_data.get("end") if form.is_bound else None


@orders
def loading_ended(request: HttpRequest, pk: UUID, course: int) -> HttpResponse:
    """Note that loading was ended early."""
    here, patient = place(request), patient_or_404(request, pk)
    row = _course(patient, course)
    form = LoadingEndedForm(
        request.POST or None, patient=patient, initial={"loading_ended": here.today()}
    )
    if form.is_valid() and carried_out(
        form, actions.end_loading, course=row, by=here.user, at=here.now()
    ):
        messages.success(request, "Saved: loading has ended.")
        return redirect("patient-chart", pk=patient.pk)
    return patient_page(
        request, "regimens/order_loading_ended.html", patient, form=form, course=row
    )


@orders
def extra_recheck(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for a recheck on a date of one's own."""
    here, patient = place(request), patient_or_404(request, pk)
    form = ExtraRecheckForm(request.POST or None, patient=patient)
    if form.is_valid() and carried_out(
        form, actions.add_extra_recheck, patient=patient, by=here.user, at=here.now()
    ):
        messages.success(request, "Saved: an extra recheck.")
        return redirect("patient-chart", pk=patient.pk)
    return patient_page(request, "regimens/order_extra_recheck.html", patient, form=form)


@orders
def rechecks_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Switch the reminders of rechecks off, or on again."""
    here, patient = place(request), patient_or_404(request, pk)
    today = here.today()
    spell = _running_spell(patient, today)
    if spell and "on" in request.POST:
        actions.switch_rechecks_on(spell=spell, by=here.user, at=here.now())
        messages.success(request, "Saved: rechecks are on again.")
        return redirect("patient-chart", pk=patient.pk)
    form = RechecksOffForm(request.POST or None, patient=patient, initial={"start": today})
    if form.is_valid() and carried_out(
        form, actions.switch_rechecks_off, patient=patient, by=here.user, at=here.now()
    ):
        messages.success(request, "Saved: the reminders of rechecks are off.")
        return redirect("patient-chart", pk=patient.pk)
    off = engine.RechecksOff(start=today, reason="")
    return patient_page(
        request,
        "regimens/order_rechecks_off.html",
        patient,
        form=form,
        spell=spell,
        asked=form.asked(off_concerns(gather_one(patient), off, today)),
    )


def _running_spell(patient: Patient, today: date) -> RechecksOff | None:
    spells = RechecksOff.objects.standing().filter(patient=patient, start__lte=today)
    return (
        spells.exclude(end__lte=today).select_related("patient__clinic").order_by("-start").first()
    )


@orders
def void(request: HttpRequest, pk: UUID, kind: str, fact: int) -> HttpResponse:
    """Mark an order as wrong, with the reason; it stays visible."""
    if kind not in ORDERS:
        raise Http404
    model, noun = ORDERS[kind]
    here, patient = place(request), patient_or_404(request, pk)
    rows: QuerySet[Any] = model._default_manager.select_related("recorded_by", "patient__clinic")
    row = get_object_or_404(rows, pk=fact, patient=patient)
    form = VoidForm(request.POST or None, patient=patient)
    if form.is_valid() and carried_out(
        form, actions.void_order, order=row, by=here.user, at=here.now()
    ):
        messages.success(request, f"Voided: {noun}. It stays in the record, struck through.")
        return redirect("patient-chart", pk=patient.pk)
    return patient_page(
        request, "regimens/order_void.html", patient, form=form, noun=noun, order=row, kind=kind
    )
