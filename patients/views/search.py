"""The register by name, and the search; what is searched for travels in no address."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from b12tracker.clinics.access import place, reads
from b12tracker.clinics.models import Clinic
from patients.models import Patient
from patients.search import MOST, find_patients, standing_numbers

PAGE = 50
SEARCH = "search"
LONGEST = 200


@reads
def patient_list(request: HttpRequest) -> HttpResponse:
    """Everybody on the register, by name, a page at a time."""
    here = place(request)
    rows = register_page(here.clinic, after=_cursor(request))
    context = {
        "patients": rows[:PAGE],
        "next": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "first_page": "after" not in request.GET,
        "today": here.today(),
        "search_focus": True,
    }
    return render(request, "patients/list.html", context)


def _cursor(request: HttpRequest) -> UUID | None:
    """The last patient of the page before, as a number that says nothing of them."""
    text = request.GET.get("after")
    try:
        return UUID(text) if text else None
    except ValueError as wrong:
        raise Http404 from wrong


def register_page(clinic: Clinic, *, after: UUID | None) -> list[Patient]:
    """One patient more than fits a page, from the one after `after` on."""
    rows: QuerySet[Patient] = Patient.objects.filter(clinic=clinic)
    if after is not None:
        last = rows.filter(pk=after).values_list("search_key", flat=True).first()
        if last is None:
            raise Http404
        rows = rows.filter(search_key__gte=last).filter(Q(search_key__gt=last) | Q(pk__gt=after))
    rows = rows.select_related("standing").prefetch_related(standing_numbers())
    return list(rows.order_by("search_key", "id")[: PAGE + 1])


@reads
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Who fits what was typed last; the session keeps it, so that Back and reload work."""
    if request.method == "POST":
        request.session[SEARCH] = request.POST.get("q", "").strip()[:LONGEST]
        return redirect("patient-search")
    text = request.session.get(SEARCH, "")
    if not text:
        return redirect("patient-list")
    here = place(request)
    context = {
        "search_text": text,
        "patients": find_patients(here.clinic, text),
        "most": MOST,
        "today": here.today(),
    }
    return render(request, "patients/found.html", context)
