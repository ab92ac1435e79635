"""A real browser against a real server: Debian's Chromium, as nurses and prescribers use it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from browsers import SignIn
from people import make_user
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from b12tracker.clinics.models import Clinic

PASSWORD = "a long enough word"
TABLET = {"width": 1180, "height": 820}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A nurse's tablet."""
    return {**browser_context_args, "viewport": TABLET, "locale": "en-GB"}


@pytest.fixture
def signed_in(
    transactional_db: None, live_server: LiveServer, browser: Browser, riverside: Clinic
) -> Iterator[SignIn]:
    """`signed_in("nurse")` is a new browser in which the user of that role has signed in."""
    contexts = []

    def sign_in(role: str) -> Page:
        user = make_user(role, riverside, role, name=role.capitalize())
        user.set_password(PASSWORD)
        user.save()
        context = browser.new_context(
            base_url=live_server.url, viewport=TABLET, locale="en-GB", timezone_id="Europe/London"
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.goto("/")
        page.locator("input[name=login]").fill(role)
        page.locator("input[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        return page

    yield sign_in
    for context in contexts:
        context.close()
