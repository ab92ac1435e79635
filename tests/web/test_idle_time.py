"""A session nobody uses ends, and a form that was being filled in is not lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from people import NOW
from pytest_django.fixtures import Settings

from b12tracker.clinics.models import User

pytestmark = pytest.mark.django_db
LIMIT = timedelta(minutes=30)


@pytest.fixture
def used(client_as: Callable[[User], Client], nurse: User, settings: Settings) -> Client:
    """A nurse's browser that asked for a page at `NOW`."""
    settings.IDLE_MINUTES = 30
    client = client_as(nurse)
    client.get(reverse("home"))
    return client


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_session_holds_up_to_the_limit(used: Client, at_now: time_machine.Traveller) -> None:
    at_now.move_to(NOW + LIMIT)

    used.get(reverse("home"))

    assert signed_in(used)


def test_a_session_ends_after_the_limit(used: Client, at_now: time_machine.Traveller) -> None:
    at_now.move_to(NOW + LIMIT + timedelta(seconds=1))

    answer = used.get(reverse("home"))

    assert not signed_in(used)
    assert answer.url == f"{reverse('account_login')}?next={reverse('home')}"


def test_use_in_between_starts_the_time_anew(used: Client, at_now: time_machine.Traveller) -> None:
    at_now.move_to(NOW + timedelta(minutes=20))
    used.get(reverse("home"))
    at_now.move_to(NOW + timedelta(minutes=45))

    used.get(reverse("home"))

    assert signed_in(used)


def test_a_form_sent_too_late_is_told_how_to_be_saved(
    used: Client, at_now: time_machine.Traveller
) -> None:
    at_now.move_to(NOW + LIMIT + timedelta(seconds=1))

    answer = used.post(reverse("clinics:switch"), {"clinic": "x"})

    assert answer.status_code == 401
    page = answer.content.decode()
    assert "Nobody had used this page for 30 minutes." in page
    assert "Press Back in this tab: the form is still filled in." in page


def test_a_part_of_a_page_is_not_replaced_by_a_sign_in(
    used: Client, at_now: time_machine.Traveller
) -> None:
    at_now.move_to(NOW + LIMIT + timedelta(seconds=1))

    answer = used.get(reverse("home"), headers={"HX-Request": "true"})

    assert (answer.status_code, answer.content) == (401, b"")
