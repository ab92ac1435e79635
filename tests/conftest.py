"""Fixtures that every part of the tests shares; the people are in `people.py`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from people import NOW, make_clinic, make_user, register

from b12tracker.clinics.models import Clinic, User
from patients.models import Patient

# Playwright keeps an event loop in the thread that also asks the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--lang=en-GB",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium; nothing is downloaded."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("No Chromium is installed, so nothing is tried in a browser.")
    return {**browser_type_launch_args, "executable_path": path, "args": CHROMIUM_FLAGS}


@pytest.fixture(autouse=True)
def plain_static_files(settings: Any) -> None:
    """Pages link static files by their own names, so that no test waits for a manifest."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture
def at_now() -> Iterator[time_machine.Traveller]:
    """The clock stands at `NOW`; `at_now.move_to(...)` moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def riverside(db: None) -> Clinic:
    """The clinic in which most tests happen."""
    return make_clinic("Riverside")


@pytest.fixture
def hillside(db: None) -> Clinic:
    """Another clinic, which must see nothing of Riverside."""
    return make_clinic("Hillside")


@pytest.fixture
def nurse(riverside: Clinic) -> User:
    """Records facts at Riverside."""
    return make_user("nurse", riverside, "nurse", name="Nora Nurse")


@pytest.fixture
def prescriber(riverside: Clinic) -> User:
    """Records facts and orders treatment at Riverside."""
    return make_user("prescriber", riverside, "prescriber", name="Piet Prescriber")


@pytest.fixture
def manager(riverside: Clinic) -> User:
    """Reads, but records nothing, at Riverside."""
    return make_user("manager", riverside, "manager", name="Mara Manager")


@pytest.fixture
def nurse2(hillside: Clinic) -> User:
    """Records facts at Hillside."""
    return make_user("nurse2", hillside, "nurse", name="Hana Hill")


@pytest.fixture
def janet(nurse: User, riverside: Clinic) -> Patient:
    """Janet Williams of Riverside, born 9 March 1959; registered, nothing else known."""
    return register(nurse, riverside)


@pytest.fixture
def client_as(at_now: time_machine.Traveller) -> Callable[[User], Client]:
    """`client_as(nurse)` is that user's signed-in browser, at `NOW`."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
