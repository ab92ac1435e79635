"""Pages for what went wrong say what happened and what to do, in the one look."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path, reverse
from django.views.defaults import server_error

from b12tracker.clinics.models import User
from b12tracker.urls import urlpatterns as site

pytestmark = pytest.mark.django_db


def fail(request: HttpRequest) -> HttpResponse:
    raise ValueError("Janet Williams")


urlpatterns = [*site, path("fail/", fail)]


def test_an_unknown_address_says_so(client_as: Callable[[User], Client], nurse: User) -> None:
    answer = client_as(nurse).get("/nowhere/")

    assert answer.status_code == 404
    assert "This page does not exist" in answer.content.decode()
    assert "app-nav" in answer.content.decode()


def test_a_form_without_a_token_is_told_how_to_be_saved(nurse: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(nurse, backend="django.contrib.auth.backends.ModelBackend")

    answer = client.post(reverse("clinics:switch"), {"clinic": "x"})

    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Nothing was saved" in page
    assert "Press Back in the browser: what you typed is still there." in page


def test_a_stranger_without_a_token_is_told_so_too() -> None:
    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "nurse"})

    assert answer.status_code == 403
    assert "Nothing was saved" in answer.content.decode()


@pytest.mark.urls("test_error_pages")
def test_an_error_of_the_program_is_told_without_its_details() -> None:
    client = Client(raise_request_exception=False)

    answer = client.get("/fail/")

    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()
    assert "Janet" not in answer.content.decode()


def test_the_page_for_an_error_needs_no_database(django_assert_num_queries: Callable) -> None:
    with django_assert_num_queries(0):
        answer = server_error(RequestFactory().get("/"))

    assert "app-brand" in answer.content.decode()


def test_what_could_not_be_read_is_told(client: Client) -> None:
    answer = client.get("/", headers={"host": "somewhere.else"})

    assert answer.status_code == 400
    assert "That request could not be read" in answer.content.decode()
