"""Pages for what went wrong, each with what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: stale sign-in, or a form from elsewhere."""
    return render(request, "403_csrf.html", status=403)
