"""Home by role, and the switch between a user's clinics."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from b12tracker.clinics.access import place
from b12tracker.clinics.models import Role


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Nurses start with today's list, prescribers and managers with the dashboard."""
    here = place(request)
    return redirect("today" if Role.NURSE in here.roles else "dashboard")


@login_required
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Go on in another clinic of the same user."""
    chosen = request.POST.get("clinic", "")
    if chosen not in {str(clinic.pk) for clinic in place(request).clinics}:
        raise Http404
    request.session["clinic"] = chosen
    return redirect("home")
