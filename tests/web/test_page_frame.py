"""The frame of every page: sign-in, navigation, clinic, tags, and what it may load."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from b12tracker.clinics.access import place_of
from b12tracker.clinics.models import Clinic, Membership, User
from patients.presenters import Tag

STYLES = settings.BASE_DIR / "b12tracker" / "static" / "b12" / "app.css"


def page_for(user: User, path: str) -> str:
    """The bare frame as this user sees it at an address."""
    request = RequestFactory().get(path)
    found = place_of(user, None)
    assert found is not None
    request.user, request.clinic = user, found.clinic
    request.clinics, request.roles = found.clinics, found.roles
    return render_to_string("base.html", request=request)


def shown(template: str, **context: object) -> str:
    return Template("{% load b12 %}" + template).render(Context(context))


def test_the_sign_in_page_loads_only_what_the_policy_allows(client: Client, db: None) -> None:
    answer = client.get(reverse("account_login"))

    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    page = answer.content.decode()
    assert not re.search(r"<style|style=|<script(?![^>]*src=)|\son\w+=|https?://", page)


def test_sign_in_shows_an_error_with_what_was_typed(client: Client, db: None) -> None:
    answer = client.post(reverse("account_login"), {"login": "nora", "password": "guessed-it"})

    page = answer.content.decode()
    assert "nhsuk-error-summary" in page
    assert 'value="nora"' in page
    assert "guessed-it" not in page


@pytest.mark.parametrize(
    ("path", "current"),
    [("/today/", "Today"), ("/patients/new/", "Patients"), ("/dashboard/x/", "Dashboard")],
)
def test_the_page_one_is_on_is_marked(nurse: User, path: str, current: str) -> None:
    page = page_for(nurse, path)

    assert re.findall(r'aria-current="page">(\w+)<', page) == [current]


def test_the_frame_names_the_clinic_and_its_time_zone(nurse: User) -> None:
    page = page_for(nurse, "/today/")

    assert "Dates are those of Riverside (Europe/London)." in page


def test_another_clinic_can_be_chosen_by_those_who_work_there(
    nurse: User, hillside: Clinic
) -> None:
    before = page_for(nurse, "/today/")
    Membership.objects.create(user=nurse, clinic=hillside, role="nurse")

    after = page_for(nurse, "/today/")

    assert reverse("clinics:switch") not in before
    assert reverse("clinics:switch") in after


def test_a_search_is_sent_without_showing_in_the_address(nurse: User) -> None:
    form = re.search(r'<form class="app-search"[^>]*>', page_for(nurse, "/today/"))

    assert form is not None
    assert 'method="post"' in form[0]


def test_a_tag_is_words_on_a_colour() -> None:
    assert (
        shown('{% tag "Overdue" "red" %}')
        == '<strong class="app-tag app-tag--red">Overdue</strong>'
    )


def test_a_tag_is_drawn_from_a_presenters_tag_and_escaped() -> None:
    page = shown("{% tag status %}", status=Tag("<Late>", "orange"))

    assert page == '<strong class="app-tag app-tag--orange">&lt;Late&gt;</strong>'


def test_a_colour_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="beige"):
        shown('{% tag "Late" "beige" %}')


def test_dates_are_written_in_words() -> None:
    context = {"day": date(2026, 7, 16), "none": None}

    assert shown("{{ day|day }} {{ day|short_day }}{{ none|day }}", **context) == (
        "16 July 2026 16 Jul 2026"
    )


def test_the_style_sheet_has_no_licensed_font_and_loads_nothing_from_elsewhere() -> None:
    css = STYLES.read_text()

    assert not re.search(r"frutiger|//|005eb8", css, re.IGNORECASE)
    assert 'font-family:"Noto Sans"' in css


def test_every_file_the_style_sheet_loads_is_there() -> None:
    files = re.findall(r'url\("?([^")]+)"?\)', STYLES.read_text())

    assert files
    assert [name for name in files if not Path(STYLES.parent, name).exists()] == []


def test_the_frame_asks_for_no_query_beyond_its_user(
    nurse: User, django_assert_num_queries: Callable
) -> None:
    with django_assert_num_queries(1):
        page_for(nurse, "/today/")
