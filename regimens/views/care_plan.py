"""The care plan that a patient takes home, as a PDF."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from b12tracker.audit.record import record
from b12tracker.clinics.access import place, reads
from b12tracker.clinics.models import Clinic
from patients.models import Patient
from patients.views.support import patient_or_404, patient_page
from regimens.engine import assess
from regimens.gather import gather_one
from regimens.paper.careplan import TooLong, render_care_plan
from regimens.paper.faces import MissingGlyph
from regimens.paper.plan import PageSize
from regimens.paper.presenter import care_plan_of, record_of
from regimens.prefill import running_course


@reads
def care_plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make the plan as of today; that it was made is kept, what it says is not stored."""
    here, patient = place(request), patient_or_404(request, pk)
    now = here.now()
    facts = gather_one(patient)
    found = assess(facts, now.date())
    rows = record_of(patient, running_course(patient, now.date()))
    try:
        pdf = render_care_plan(
            care_plan_of(rows, facts, found, page_size(request.GET.get("size", ""), here.clinic))
        )
    except (MissingGlyph, TooLong) as problem:
        return _not_printed(request, patient, problem)
    record(
        "care-plan.print",
        by=here.user.username,
        at=now,
        clinic_id=here.clinic.pk,
        patient_id=patient.pk,
    )
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={
            # The name of a downloaded file must not say whose plan it is.
            "Content-Disposition": 'inline; filename="care-plan.pdf"',
            "Cache-Control": "no-store",
        },
    )


def _not_printed(
    request: HttpRequest, patient: Patient, problem: MissingGlyph | TooLong
) -> HttpResponse:
    """Why no plan was made, and for which character."""
    response = patient_page(
        request,
        "regimens/care_plan_problem.html",
        patient,
        problem=f"{problem}.".replace("..", "."),
        words=problem.text if isinstance(problem, MissingGlyph) else "",
    )
    response.status_code = 422
    return response


def page_size(asked: str, clinic: Clinic) -> PageSize:
    """The size asked for, else the clinic's."""
    chosen = asked or clinic.page_size
    return "Letter" if chosen == Clinic.PageSize.LETTER else "A4"
