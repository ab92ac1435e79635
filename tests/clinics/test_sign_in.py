"""Who gets in, and where they land."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from people import make_clinic, make_user

from b12tracker.clinics.models import Clinic, Membership, User
from patients.models import Patient

PASSWORD = "a long enough word"


@pytest.fixture
def known(nurse: User) -> User:
    """The nurse, with a password."""
    nurse.set_password(PASSWORD)
    nurse.save()
    return nurse


def sign_in(password: str) -> tuple[Client, int]:
    """A new browser that sends the sign-in form; the browser and the answer's code."""
    client = Client()
    answer = client.post("/accounts/login/", {"login": "nurse", "password": password})
    return client, answer.status_code


def test_the_right_password_lets_in(known: User) -> None:
    client, code = sign_in(PASSWORD)

    assert code == 302
    assert client.session["_auth_user_id"] == str(known.pk)


def test_a_wrong_password_does_not(known: User) -> None:
    client, _ = sign_in("guess")

    assert "_auth_user_id" not in client.session


def test_eight_wrong_passwords_lock_the_name_even_for_the_right_one(known: User) -> None:
    for _ in range(8):
        sign_in("guess")

    client, _ = sign_in(PASSWORD)

    assert "_auth_user_id" not in client.session


def test_nobody_can_sign_up(db: None) -> None:
    answer = Client().post(
        "/accounts/signup/",
        {"username": "eve", "password1": PASSWORD, "password2": PASSWORD},
    )

    assert not User.objects.filter(username="eve").exists()
    assert answer.status_code in (200, 302, 403)


@pytest.mark.parametrize("path", ["/", "/today/", "/patients/", "/patients/new/", "/dashboard/"])
def test_a_stranger_is_sent_to_the_sign_in_page(path: str, db: None) -> None:
    answer = Client().get(path)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("role", "home"),
    [("nurse", "/today/"), ("prescriber", "/dashboard/"), ("manager", "/dashboard/")],
)
def test_each_role_has_its_home(
    role: str, home: str, riverside: Clinic, client_as: Callable[[User], Client]
) -> None:
    somebody = make_user("somebody", riverside, role)

    answer = client_as(somebody).get("/")

    assert answer["Location"] == home


def test_somebody_without_a_clinic_is_told_whom_to_ask(
    db: None, client_as: Callable[[User], Client]
) -> None:
    loner = User.objects.create_user("loner")

    answer = client_as(loner).get("/")

    assert answer.status_code == 403
    assert "Ask the clinic" in answer.content.decode()


def test_a_user_of_two_clinics_goes_on_in_the_other(
    nurse: User, riverside: Clinic, hillside: Clinic, client_as: Callable[[User], Client]
) -> None:
    Membership.objects.create(user=nurse, clinic=hillside, role="nurse")
    client = client_as(nurse)

    client.post("/clinics/switch/", {"clinic": str(riverside.pk)})

    assert client.session["clinic"] == str(riverside.pk)


def test_nobody_switches_to_a_clinic_that_is_not_theirs(
    janet: Patient, nurse: User, client_as: Callable[[User], Client]
) -> None:
    elsewhere = make_clinic("Elsewhere")

    answer = client_as(nurse).post("/clinics/switch/", {"clinic": str(elsewhere.pk)})

    assert answer.status_code == 404
