"""Pictures of every page of a running demo, at a tablet's, a laptop's and a phone's size.

Run by `script/screenshots`; writes to `docs/screenshots/`. The demo's own
accounts sign in with the demo password.
"""

from __future__ import annotations

import shutil
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from b12tracker.state import demo_password

SIZES = {"tablet": (1180, 820), "laptop": (1440, 900), "phone": (390, 844)}
TARGET = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
FIXED = {
    "today": "/today/",
    "today-long-overdue": "/today/?bucket=long-overdue",
    "patients": "/patients/",
    "register": "/patients/new/",
    "dashboard": "/dashboard/",
    "dashboard-list": "/dashboard/dose-overdue/",
    "not-found": "/nowhere/",
}
# Pages that the chart links to by the number of a fact: the link's address, up to that number.
LINKED = {
    "void": "a[href*='/facts/result/'][href$='/void/']",
    "correct-result": "a[href*='/results/'][href$='/correct/']",
    "end-treatment": "a[href*='/order/'][href$='/end/']",
    "void-order": "a[href*='/order/'][href$='/void/']",
    "reaction": "a[href*='/facts/reaction/new/']",
}
OF_A_PATIENT = {
    "chart": "",
    "log-injection": "injections/new/",
    "not-given": "injections/not-given/",
    "add-results": "results/new/",
    "symptoms": "facts/symptoms/new/",
    "order": "order/",
    "edit": "edit/",
    "away": "away/",
    "care-status": "care-status/",
    "extra-recheck": "extra-recheck/",
    "rechecks-off": "rechecks-off/",
    "diagnosis": "facts/diagnosis/new/",
    "condition": "facts/condition/new/",
    "medicine": "facts/medicine/new/",
    "folic-acid": "facts/folic-acid/new/",
    "allergy": "facts/allergy/new/",
    "number": "facts/identifier/new/",
}


def sign_in(browser: Browser, address: str, name: str, size: tuple[int, int]) -> Page:
    """A browser of that size in which the demo user has signed in."""
    context = browser.new_context(
        base_url=address, viewport={"width": size[0], "height": size[1]}, locale="en-GB"
    )
    page = context.new_page()
    page.goto("/")
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(demo_password())
    page.get_by_role("button", name="Sign in").click()
    return page


def shoot(page: Page, name: str, size: str) -> None:
    """One picture of the page, at most three screens long, in few colours to stay small."""
    width, height = SIZES[size]
    tall = min(3 * height, int(page.evaluate("document.documentElement.scrollHeight")))
    picture = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": tall})
    small = Image.open(BytesIO(picture)).convert("RGB").quantize(96)
    small.save(TARGET / f"{name}-{size}.png", optimize=True)


def patient_address(page: Page) -> str:
    """The chart of the first patient of the long overdue: one with a history."""
    page.goto(FIXED["today-long-overdue"])
    return str(page.locator("main a[href^='/patients/']").first.get_attribute("href"))


def all_pages(browser: Browser, address: str, size: str) -> None:
    """Every page at one size."""
    page = browser.new_context(
        base_url=address, viewport=dict(zip(("width", "height"), SIZES[size], strict=True))
    ).new_page()
    page.goto("/")
    shoot(page, "sign-in", size)
    page = sign_in(browser, address, "prescriber", SIZES[size])
    chart = patient_address(page)
    for name, path in FIXED.items():
        page.goto(path)
        shoot(page, name, size)
    for name, path in OF_A_PATIENT.items():
        page.goto(chart + path)
        shoot(page, name, size)
    for name, link in LINKED.items():
        page.goto(chart)
        page.goto(str(page.locator(link).first.get_attribute("href")))
        shoot(page, name, size)
    page.goto(chart + "injections/new/")
    page.get_by_role("button", name="Save injection").click()
    shoot(page, "log-injection-refused", size)
    # Saved once, at the last size, so that the pictures of one run agree.
    if size == list(SIZES)[-1]:
        page.get_by_label("Name and birth date read back").check()
        page.get_by_role("button", name="Save injection").click()
        page.wait_for_url("**/injections/*/")
        for each, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            shoot(page, "injection-saved", each)
        page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    page.locator("input[name=q]").fill("muller")
    page.locator("input[name=q]").press("Enter")
    page.wait_for_load_state()
    shoot(page, "search", size)


def main(address: str) -> None:
    """Every page at every size."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--lang=en-GB"],
        )
        for size in SIZES:
            all_pages(browser, address, size)


if __name__ == "__main__":
    main(sys.argv[1])
