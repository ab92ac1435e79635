"""What views about one patient share: find the patient, carry out a form, show a page."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from b12tracker.clinics.access import place
from patients.actions.errors import AlreadyDone, Refused, Stale
from patients.forms.base import RecordForm
from patients.models import Patient


def patient_or_404(request: HttpRequest, pk: UUID) -> Patient:
    """The patient of the current clinic; of another clinic there is none."""
    return get_object_or_404(
        Patient.objects.select_related("clinic"), pk=pk, clinic=place(request).clinic
    )


def carry_out[Made](form: RecordForm, action: Callable[..., Made], **given: Any) -> Made | None:
    """Run an action with the form's values; on refusal, the form carries the sentence.

    Returns what the action made; None after a refusal, with `form.errors` set
    and everything typed still in the form. A form that was carried out before
    counts as done: the action's own answer to that is returned.
    """
    try:
        return action(**{**form.for_action(), **given})
    except Stale as stale:
        if form.patient is not None:
            form.patient.refresh_from_db()
            form.renew(form.patient)
            form.compare(form.patient)
        form.add_error(None, stale.message)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    except AlreadyDone:
        form.add_error(None, "This form was already saved once. Nothing was saved again.")
    return None


def carried_out(form: RecordForm, action: Callable[..., Any], **given: Any) -> bool:
    """Whether the form's action is done: now, or by the same form before.

    For views that go on to another page and need nothing of what was made.
    """

    def once(**values: Any) -> None:
        with suppress(AlreadyDone):
            action(**values)

    carry_out(form, once, **given)
    return not form.errors


def patient_page(
    request: HttpRequest, template: str, patient: Patient, **context: Any
) -> HttpResponse:
    """A page about one patient; its banner reckons by the clinic's date, `today`."""
    context = {"patient": patient, "today": place(request).today(), **context}
    return render(request, template, context)
