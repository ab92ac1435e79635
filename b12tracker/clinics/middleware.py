"""Every request of a signed-in user happens in one clinic, with that clinic's roles."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from b12tracker.clinics.access import Place, place_of


class ClinicMiddleware:
    """Sets `request.place`, `request.clinic`, `request.clinics` and `request.roles`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        place: Place | None = None
        if request.user.is_authenticated:
            place = place_of(request.user, request.session.get("clinic"))
        request.place = place  # type: ignore[attr-defined]
        request.clinic = place.clinic if place else None  # type: ignore[attr-defined]
        request.clinics = place.clinics if place else []  # type: ignore[attr-defined]
        request.roles = place.roles if place else frozenset()  # type: ignore[attr-defined]
        return self.get_response(request)
