"""Stories about results: every flag that a laboratory value can raise."""

from __future__ import annotations

from decimal import Decimal

from regimens.demo.course_of_care import (
    LOW_HB,
    blood_count,
    found_deficient,
    good_set,
    kidneys,
    standard,
)
from regimens.demo.story import Stories
from regimens.demo.teller import Teller

RESULTS = Stories()


@RESULTS.story(age=46)
def borderline_without_mma(t: Teller) -> None:
    t.diagnosed(9, "unknown", deficient=False)
    t.measured(10, b12=(190, 340), **blood_count(t), **kidneys())
    t.reviewed(9, "none")


@RESULTS.story(age=67)
def tissues_lack_it(t: Teller) -> None:
    t.diagnosed(13, "unknown", deficient=False)
    t.measured(14, b12=(370, 700), mma=(330, 800), homocysteine=(11, 19), **kidneys())


@RESULTS.story(age=79)
def weak_kidneys(t: Teller) -> None:
    t.condition(1500, "chronic-kidney-disease")
    t.diagnosed(16, "unknown", deficient=False)
    t.measured(17, b12=(380, 600), mma=(300, 560), homocysteine=(12, 18), **kidneys(33, 56))


@RESULTS.story(age=55)
def raised_mma_without_egfr(t: Teller) -> None:
    t.diagnosed(20, "unknown", deficient=False)
    t.measured(21, b12=(360, 650), mma=(290, 500))


@RESULTS.story(age=60)
def homocysteine_stays_up(t: Teller) -> None:
    standard(t, 520, "P3M", 45, checks_until=150)
    t.measured(
        30, b12=(450, 1200), mma=(80, 240), homocysteine=(11, 17), **blood_count(t), **kidneys()
    )


@RESULTS.story(age=72)
def large_red_cells(t: Teller) -> None:
    t.diagnosed(6, "pernicious-anaemia")
    found_deficient(t, 6, anaemic=True)
    t.ordered(5, "im-standard", "P3M")
    t.dosed(5, 3, 1)


@RESULTS.story(age=49)
def b12_only(t: Teller) -> None:
    standard(t, 500, "P3M", 60, checks_until=140)
    t.measured(25, b12=(600, 1800))


@RESULTS.story(age=66)
def relapse(t: Teller) -> None:
    standard(t, 640, "P3M", 190, checks_until=200)
    t.measured(
        8, b12=(80, 172), mma=(310, 700), homocysteine=(12, 20), **blood_count(t), **kidneys()
    )


@RESULTS.story(age=53)
def never_quite_stable(t: Teller) -> None:
    standard(t, 430, "P3M", 35, checks_until=200)
    t.measured(
        58, b12=(200, 330), mma=(100, 250), homocysteine=(10.5, 14), **blood_count(t), **kidneys()
    )


@RESULTS.story(age=75)
def blood_does_not_recover(t: Teller) -> None:
    t.diagnosed(84, "pernicious-anaemia")
    t.measured(85, b12=(70, 170), haemoglobin=96 if not t.place.in_us else 9.6, mcv=106.2)
    t.ordered(80, "im-standard", "P3M")
    t.loaded(80)
    t.measured(9, b12=(500, 1500), haemoglobin=99 if not t.place.in_us else 9.9, mcv=103.8)


@RESULTS.story(age=43)
def tablets_do_not_work(t: Teller) -> None:
    t.diagnosed(190, "other-malabsorption")
    found_deficient(t, 191)
    t.ordered(185, "oral", oral_daily_ug=Decimal(1000))
    t.measured(
        70, b12=(150, 178), mma=(300, 600), homocysteine=(12, 20), **blood_count(t), **kidneys()
    )


@RESULTS.story(age=68)
def dangerously_anaemic(t: Teller) -> None:
    t.diagnosed(2, "pernicious-anaemia")
    t.measured(2, b12=(40, 120), haemoglobin=(7.0, 7.9), mcv=(101, 104), potassium=3.2, **kidneys())
    t.takes(600, "digoxin")


@RESULTS.story(age=57)
def antibody_too_early(t: Teller) -> None:
    t.diagnosed(40, "unknown")
    found_deficient(t, 41)
    t.ordered(36, "im-standard", "P3M")
    last = t.loaded(36)
    t.measured(last - 6, if_antibody="positive")


@RESULTS.story(age=40)
def symptoms_persist(t: Teller) -> None:
    t.diagnosed(262, "pernicious-anaemia")
    found_deficient(t, 263)
    t.reviewed(261, "new", "paraesthesia")
    t.ordered(260, "im-neuro", "P2M")
    t.dosed(*range(260, 240, -2))
    t.reviewed(240, "plateau", "paraesthesia")
    t.dosed(182, 121, 60)
    good_set(t, 165)
    t.measured(75, b12=(390, 900), homocysteine=(5, 9.5), **blood_count(t), **kidneys())
    t.reviewed(20, "worse", "paraesthesia")


@RESULTS.story(age=81)
def iron_too(t: Teller) -> None:
    t.diagnosed(15, "unknown")
    low = LOW_HB.get(t.patient.sex, (9.0, 11.0))
    t.measured(16, b12=(120, 175), haemoglobin=low, mcv=(70, 79), ferritin=9, folate=2.4)
