"""The small script of every page, in a real browser: one sending, Back, half a date, menus."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser

SCRIPT = settings.BASE_DIR / "b12tracker" / "static" / "b12" / "app.js"
SITE = "http://clinic.test"
FORM = """<!doctype html><title>Form</title><script src="/app.js" defer></script>
<div data-focus tabindex="-1">Please check this</div>
<form method="post" action="/save">
  <input type="hidden" name="csrfmiddlewaretoken" value="old">
  <input type="date" name="given_on"><input name="note">
  <button name="way" value="quick">Save</button>
</form>
<details data-menu><summary>Menu</summary><a href="#">Sign out</a></details>"""
SAVED = "<!doctype html><title>Saved</title><p>Saved</p>"


@pytest.fixture
def sent() -> list[dict[str, list[str]]]:
    """What reached the server."""
    return []


@pytest.fixture
def form(page: Page, sent: list[dict[str, list[str]]]) -> Page:
    """A page with a form, served by this test; saving takes a while."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if path == "/app.js":
            route.fulfill(path=SCRIPT, content_type="text/javascript")
        elif path == "/save":
            sent.append(parse_qs(route.request.post_data or ""))
            route.fulfill(body=SAVED, content_type="text/html")
        else:
            route.fulfill(body=FORM, content_type="text/html")

    page.route(f"{SITE}/**", answer)
    page.goto(f"{SITE}/form")
    return page


def test_a_double_click_sends_the_form_once(form: Page, sent: list[dict[str, list[str]]]) -> None:
    form.evaluate("const b = document.querySelector('form button'); b.click(); b.click()")

    form.wait_for_url("**/save")
    assert len(sent) == 1


def test_the_button_that_was_pressed_is_sent_although_it_is_switched_off(
    form: Page, sent: list[dict[str, list[str]]]
) -> None:
    form.get_by_role("button", name="Save").click()

    form.wait_for_url("**/save")
    assert sent[0]["way"] == ["quick"]


def test_after_back_the_form_is_filled_in_and_can_be_sent_again(
    form: Page, sent: list[dict[str, list[str]]]
) -> None:
    form.locator("[name=note]").fill("tingling")
    form.get_by_role("button", name="Save").click()
    form.wait_for_url("**/save")

    form.go_back()

    assert form.locator("[name=note]").input_value() == "tingling"
    form.get_by_role("button", name="Save").click()
    form.wait_for_url("**/save")
    assert [once["note"] for once in sent] == [["tingling"], ["tingling"]]


def test_the_token_of_a_newer_sign_in_is_sent(form: Page, sent: list[dict[str, list[str]]]) -> None:
    form.evaluate("document.cookie = 'csrftoken=new'")

    form.get_by_role("button", name="Save").click()

    form.wait_for_url("**/save")
    assert sent[0]["csrfmiddlewaretoken"] == ["new"]


def test_half_a_date_is_not_sent(form: Page, sent: list[dict[str, list[str]]]) -> None:
    form.evaluate("document.querySelector('form').noValidate = true")
    form.locator("[name=given_on]").press_sequentially("16")

    form.get_by_role("button", name="Save").click()

    form.wait_for_timeout(200)
    assert sent == []
    assert form.locator("[name=given_on]").evaluate("field => field === document.activeElement")


def test_the_summary_of_what_is_wrong_has_the_focus(form: Page) -> None:
    assert form.evaluate("document.activeElement.matches('[data-focus]')")


def test_escape_closes_the_menu_and_returns_to_its_button(form: Page) -> None:
    form.get_by_text("Menu").click()

    form.keyboard.press("Escape")

    assert form.evaluate("document.querySelector('details').open") is False
    assert form.evaluate("document.activeElement.matches('summary')")


def test_a_touch_elsewhere_closes_the_menu(form: Page) -> None:
    form.get_by_text("Menu").click()

    form.locator("[name=note]").click()

    assert form.evaluate("document.querySelector('details').open") is False
