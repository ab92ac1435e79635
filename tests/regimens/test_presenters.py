"""The words are right, and every answer of the engine has some."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from regimens import presenters
from regimens.engine.assessment import DoseJudged, NextDose
from regimens.engine.findings import RULES
from regimens.models import Bucket, Regimen

DUE = NextDose(
    due=date(2026, 5, 21),
    due_soon_from=date(2026, 5, 7),
    overdue_from=date(2026, 5, 22),
    status="overdue",
    band="late",
    days_overdue=1,
    number=3,
    of=None,
)


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        ("P1M", "every month"),
        ("P3M", "every 3 months"),
        ("P10W", "every 10 weeks"),
        (None, "no interval chosen"),
        ("", "no interval chosen"),
    ],
)
def test_an_interval_in_words(interval: str | None, words: str) -> None:
    assert presenters.interval_words(interval) == words


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2024, 3, 28), "0 months"),
        (date(2024, 3, 29), "1 month"),
        (date(2026, 2, 28), "23 months"),
        (date(2026, 3, 1), "2 years"),
        (date(2028, 2, 28), "3 years"),
        (date(2028, 2, 29), "4 years"),
    ],
)
def test_the_age_of_somebody_born_on_29_february_2024(today: date, words: str) -> None:
    assert presenters.age_words(date(2024, 2, 29), today) == words


def test_a_date_in_words() -> None:
    assert presenters.day_words(date(2026, 7, 6)) == "6 July 2026"


def test_a_late_dose_says_its_number_and_its_days() -> None:
    words = presenters.next_dose_words(DUE)

    assert (words.headline, words.detail) == ("Due 21 May 2026", "Dose 3, 1 day overdue")
    assert words.tag == presenters.Tag("Late", "orange")


def test_a_dose_of_a_loading_says_how_many_there_are() -> None:
    words = presenters.next_dose_words(
        dataclasses.replace(DUE, status="due", band=None, days_overdue=0, of=6)
    )

    assert words.detail == "Dose 3 of 6"
    assert words.tag == presenters.Tag("Due today", "yellow")


@pytest.mark.parametrize("phase", sorted(presenters.PHASES))
def test_no_dose_says_why(phase: str) -> None:
    words = presenters.next_dose_words(None, phase)

    assert words.headline in ("No injection due", "No treatment is ordered")
    assert words.detail


def test_without_an_order_nobody_reads_that_nothing_is_due() -> None:
    words = presenters.next_dose_words(None, "not-started")

    assert words.headline == "No treatment is ordered"


@pytest.mark.parametrize(
    ("judged", "words"),
    [
        (DoseJudged(date=DUE.due, counted=True, timing="late", days=18), "18 days late"),
        (DoseJudged(date=DUE.due, counted=True, timing="early", days=-20), "20 days early"),
        (DoseJudged(date=DUE.due, counted=True, timing="on-time", days=-2), "On time"),
        (DoseJudged(date=DUE.due, counted=True, timing=None, days=None), ""),
        (DoseJudged(date=DUE.due, counted=False, timing=None, days=None), "Not counted"),
    ],
)
def test_how_a_dose_stood(judged: DoseJudged, words: str) -> None:
    assert presenters.timing_words(judged) == words


@pytest.mark.parametrize(
    ("milestone", "words"),
    [
        ("3-months", "3 months"),
        ("24-months", "24 months"),
        ("extra", "Extra"),
        ("after-switch", "After the change to tablets"),
    ],
)
def test_a_milestone_in_words(milestone: str, words: str) -> None:
    assert presenters.milestone_words(milestone) == words


@pytest.mark.parametrize("bucket", Bucket.values)
def test_every_bucket_has_a_tag(bucket: str) -> None:
    assert presenters.tag_for_bucket(bucket).text == Bucket(bucket).label


@pytest.mark.parametrize("regimen", Regimen.values)
def test_every_regimen_has_words(regimen: str) -> None:
    assert presenters.regimen_words(regimen)


def test_every_flag_of_the_engine_has_a_title() -> None:
    assert set(presenters.FLAG_TITLES) == {rule.code for rule in RULES}
