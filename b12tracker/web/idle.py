"""Signs a user out who has not asked for a page for a while."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

LAST_SEEN = "last-seen"
RESOLUTION_SECONDS = 60  # the session is written at most this often


class IdleMiddleware:
    """Ends a session after `IDLE_MINUTES` without a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            last = request.session.get(LAST_SEEN, now)
            if now - last > settings.IDLE_MINUTES * 60:
                logout(request)
                return self._signed_out(request)
            if now - last >= RESOLUTION_SECONDS or LAST_SEEN not in request.session:
                request.session[LAST_SEEN] = now
        return self.get_response(request)

    def _signed_out(self, request: HttpRequest) -> HttpResponse:
        """A page goes on to sign-in; a form is kept in the browser, and told how to be saved."""
        if "HX-Request" in request.headers:
            # A part of a page must not be replaced by a sign-in page.
            return HttpResponse(status=401)
        if request.method == "POST":
            told = {"minutes": settings.IDLE_MINUTES}
            return render(request, "signed_out.html", told, status=401)
        return self.get_response(request)
