"""A live clinic is not started unprotected."""

from __future__ import annotations

from typing import Any

import pytest

from b12tracker.clinics.checks import check_live


def test_a_try_out_needs_nothing(settings: Any) -> None:
    settings.LIVE, settings.DEBUG, settings.SESSION_COOKIE_SECURE = False, True, False

    assert check_live() == []


@pytest.mark.parametrize(
    ("debug", "secure", "found"),
    [
        (False, True, []),
        (True, True, ["clinics.E001"]),
        (False, False, ["clinics.E002"]),
    ],
)
def test_a_live_clinic_needs_https_and_no_debug(
    debug: bool, secure: bool, found: list[str], settings: Any
) -> None:
    settings.LIVE, settings.DEBUG, settings.SESSION_COOKIE_SECURE = True, debug, secure

    assert [fault.id for fault in check_live()] == found
