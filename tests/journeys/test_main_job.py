"""The main job, from an empty clinic: register, measure, order, inject, print, see."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from browsers import SignIn
from dateutil.relativedelta import relativedelta
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from b12tracker.clinics.models import Clinic
from patients.models import Injection, Patient
from regimens.models import Reminder
from regimens.tasks import run_day

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def today() -> date:
    """The clinic's date."""
    return datetime.now(ZoneInfo("Europe/London")).date()


def words(day: date) -> str:
    """A date as pages write it."""
    return f"{day.day} {day:%B %Y}"


def test_from_an_empty_clinic_to_the_plan_on_the_fridge(signed_in: SignIn) -> None:
    nurse, prescriber = signed_in("nurse"), signed_in("prescriber")

    expect(nurse).to_have_url("/today/")
    expect(prescriber).to_have_url("/dashboard/")
    when_the_nurse_registers_janet(nurse)
    when_the_nurse_adds_the_first_results(nurse)
    expect(nurse.locator(".app-flag--critical").first).to_contain_text("120 pg/mL")

    when_the_prescriber_orders_what_is_suggested(prescriber)

    when_the_nurse_finds_janet_by_a_misspelt_name(nurse)
    when_the_nurse_logs_the_injection_by_keyboard_alone(nurse)
    expect(
        nurse.get_by_text(f"Next dose due {words(today() + relativedelta(days=2))}")
    ).to_be_visible()
    assert Injection.objects.count() == 1

    then_the_plan_can_be_printed(nurse)
    then_the_dashboard_opens_whom_it_counts(prescriber)

    when_the_day_of_the_next_dose_comes()
    then_today_names_whom_to_call(nurse)

    when_the_nurse_voids_the_injection(nurse)
    expect(nurse.locator(".app-void").first).to_contain_text("Hydroxocobalamin")
    expect(nurse.get_by_text("Wrong patient").first).to_be_visible()


def when_the_nurse_registers_janet(page: Page) -> None:
    page.goto("/patients/new/")
    form = page.locator("main")
    form.get_by_label("Family name").fill("Müller-Østergård")
    form.get_by_label("Given names").fill("Janet")
    form.get_by_label("Birth date").fill("1959-03-09")
    form.get_by_label("Sex").select_option("female")
    form.get_by_label("NHS number").fill("943 476 5919")
    form.get_by_label("Cause").select_option("pernicious-anaemia")
    form.get_by_label("Date of diagnosis").fill(today().isoformat())
    form.get_by_role("button", name="Register").click()
    expect(page.locator(".app-banner")).to_contain_text("MÜLLER-ØSTERGÅRD")


def when_the_nurse_adds_the_first_results(page: Page) -> None:
    page.get_by_role("link", name="Add results").click()
    page.get_by_label("Vitamin B12", exact=True).fill("120")
    page.get_by_role("button", name="Save results").click()


def when_the_prescriber_orders_what_is_suggested(page: Page) -> None:
    janet = Patient.objects.get()
    page.goto(f"/patients/{janet.pk}/order/")
    expect(page.get_by_role("heading", name="Suggested")).to_be_visible()
    page.get_by_role("button", name="Save order").click()
    if page.get_by_role("heading", name="Please check this").is_visible():
        for answer in page.locator("input[type=checkbox][name^=seen], .app-confirm input").all():
            answer.check()
        page.get_by_role("button", name="Save order").click()
    expect(page).to_have_url(f"/patients/{janet.pk}/")


def when_the_nurse_finds_janet_by_a_misspelt_name(page: Page) -> None:
    page.get_by_role("searchbox").fill("mueler ostergard")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="MÜLLER-ØSTERGÅRD").first.click()


def when_the_nurse_logs_the_injection_by_keyboard_alone(page: Page) -> None:
    page.get_by_role("link", name="Log injection").press("Enter")
    expect(page.get_by_text("Next dose due").first).to_be_visible()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Injection saved")).to_be_visible()


def then_the_plan_can_be_printed(page: Page) -> None:
    janet = Patient.objects.get()
    answer = page.request.get(f"/patients/{janet.pk}/care-plan.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    text = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.body())).pages)
    assert "Müller-Østergård" in text
    assert words(today() + relativedelta(days=2)) in text


def then_the_dashboard_opens_whom_it_counts(page: Page) -> None:
    page.goto("/dashboard/")
    page.locator("a[href='/dashboard/b12-deficient/']").first.click()
    expect(page.get_by_role("link", name="MÜLLER-ØSTERGÅRD").first).to_be_visible()


def when_the_day_of_the_next_dose_comes() -> None:
    clinic = Clinic.objects.get()
    due = today() + relativedelta(days=2)

    run_day(clinic, today=due, at=datetime.combine(due, time(1), ZoneInfo(clinic.time_zone)))

    assert Reminder.objects.filter(kind="dose", step="due", for_date=due, state="open").count() == 1


def then_today_names_whom_to_call(page: Page) -> None:
    page.goto("/today/?bucket=due-today")
    row = page.locator("main tbody tr")
    expect(row).to_contain_text("MÜLLER-ØSTERGÅRD")
    expect(row).to_contain_text("Due today")


def when_the_nurse_voids_the_injection(page: Page) -> None:
    janet, dose = Patient.objects.get(), Injection.objects.get()
    page.goto(f"/patients/{janet.pk}/facts/injection/{dose.pk}/void/")
    page.get_by_label("Why is it wrong?").fill("Wrong patient")
    page.get_by_role("button", name="Void this entry").click()
    page.goto(f"/patients/{janet.pk}/")
