"""The chart: everything about one patient on one page."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from b12tracker.audit.record import record
from b12tracker.clinics.access import place, reads
from b12tracker.web.charts import draw_trend
from patients.models import Patient
from patients.views.support import patient_or_404, patient_page
from regimens.chart import (
    doses_of,
    fold_doses,
    fold_results,
    orders_of,
    recheck_orders_of,
    result_rows,
    results_of,
    sections_of,
    suggestion_is_news,
)
from regimens.engine import assess
from regimens.gather import gather_one
from regimens.history import history_of
from regimens.presenters import next_dose_words
from regimens.trend import trend_of, trend_rows


@reads
def chart(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the record beside the engine's answer; that somebody looked is kept."""
    patient, here = patient_or_404(request, pk), place(request)
    now = here.now()
    record(
        "patient.view",
        by=here.user.username,
        at=now,
        clinic_id=here.clinic.pk,
        patient_id=patient.pk,
    )
    shown = contents(patient, now.date())
    return patient_page(
        request, "regimens/chart.html", patient, today=now.date(), here=here, **shown
    )


def contents(patient: Patient, today: date) -> dict[str, Any]:
    """What the page shows, by name; a fixed number of queries."""
    facts = gather_one(patient)
    assessment = assess(facts, today)
    results = results_of(patient)
    return {
        "assessment": assessment,
        "shows_suggestion": suggestion_is_news(assessment),
        "dose": next_dose_words(assessment.next_dose, assessment.phase),
        "figure": draw_trend(trend_of(facts, results, today)),
        "trend_rows": trend_rows(results),
        "doses": fold_doses(doses_of(patient, assessment.doses)),
        "results": fold_results(result_rows(results)),
        "orders": orders_of(patient, assessment),
        "recheck_orders": recheck_orders_of(patient),
        "sections": sections_of(patient),
        "history": history_of(patient),
    }
