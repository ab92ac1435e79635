"""What a live clinic must have set; a try-out on one machine need not."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security)
def check_live(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The faults of a live set-up, each with what to set."""
    if not settings.LIVE:
        return []
    found: list[CheckMessage] = []
    if settings.DEBUG:
        found.append(
            Error(
                "A live clinic runs with DEBUG, which shows patient data in error pages.",
                hint="Unset DEBUG.",
                id="clinics.E001",
            )
        )
    if not settings.SESSION_COOKIE_SECURE:
        found.append(
            Error(
                "A live clinic sends its session cookie over plain HTTP.",
                hint="Serve it by HTTPS and set COOKIE_SECURE=1; see docs/operations.md.",
                id="clinics.E002",
            )
        )
    return found
