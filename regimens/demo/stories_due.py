"""Stories about when the next dose or blood test is due: every phase and every bucket."""

from __future__ import annotations

from decimal import Decimal

from regimens.demo.course_of_care import (
    blood_count,
    found_deficient,
    good_set,
    kept_up,
    kidneys,
    neuro,
    rechecked,
    standard,
)
from regimens.demo.story import Stories
from regimens.demo.teller import Teller

DUE = Stories()


@DUE.story(age=61)
def found_last_week(t: Teller) -> None:
    t.diagnosed(5, "pernicious-anaemia")
    found_deficient(t, 6, anaemic=True)


@DUE.story(age=48)
def found_with_numb_feet(t: Teller) -> None:
    t.diagnosed(3, "unknown")
    found_deficient(t, 4)
    t.reviewed(3, "new", "paraesthesia", "gait-ataxia")


@DUE.story(age=57)
def loading_between_doses(t: Teller) -> None:
    t.diagnosed(8, "coeliac")
    found_deficient(t, 9)
    t.ordered(5, "im-standard", "P3M")
    t.dosed(5, 3, 1)


@DUE.story(age=66)
def loading_due_today(t: Teller) -> None:
    t.diagnosed(7, "pernicious-anaemia")
    found_deficient(t, 8)
    t.ordered(4, "im-standard", "P2M")
    t.dosed(4, 2)


@DUE.story(age=39)
def loading_overdue(t: Teller) -> None:
    t.diagnosed(12, "dietary")
    found_deficient(t, 13)
    t.ordered(9, "im-standard", "P3M")
    t.dosed(9, 7)
    t.not_given(5, "did-not-come")


@DUE.story(age=71)
def loading_broken_off(t: Teller) -> None:
    t.diagnosed(30, "pernicious-anaemia")
    found_deficient(t, 31)
    t.ordered(26, "im-standard", "P3M")
    t.dosed(26, 24, 22)
    t.not_given(19, "unwell", "In hospital with pneumonia.")


@DUE.story(age=54)
def loading_for_nerves(t: Teller) -> None:
    t.diagnosed(11, "autoimmune-gastritis")
    found_deficient(t, 12)
    t.reviewed(11, "new", "peripheral-neuropathy")
    t.ordered(9, "im-neuro", "P2M")
    t.dosed(9, 7, 5, 3, 1)


@DUE.story(age=63)
def loading_for_nerves_needs_review(t: Teller) -> None:
    t.diagnosed(31, "pernicious-anaemia")
    found_deficient(t, 32)
    t.reviewed(30, "new", "paraesthesia", "cognitive-change")
    t.ordered(29, "im-neuro", "P2M")
    t.dosed(*range(29, 0, -2))


@DUE.story(age=59)
def nerves_up_to_date(t: Teller) -> None:
    neuro(t, 420, "P2M", 30)


@DUE.story(age=68)
def nerves_overdue(t: Teller) -> None:
    neuro(t, 500, "P2M", 71, symptom="peripheral-neuropathy")


@DUE.story(age=74)
def nerves_long_overdue(t: Teller) -> None:
    neuro(t, 640, "P2M", 88, symptom="gait-ataxia")
    t.not_given(20, "declined")


@DUE.story(age=45)
def late(t: Teller) -> None:
    standard(t, 560, "P3M", 99)


@DUE.story(age=80)
def overdue(t: Teller) -> None:
    standard(t, 700, "P3M", 113)


@DUE.story(age=52)
def long_overdue(t: Teller) -> None:
    standard(t, 480, "P3M", 140)
    t.not_given(30, "did-not-come")


@DUE.story(age=77)
def lapsed(t: Teller) -> None:
    standard(t, 900, "P3M", 240, checks_until=200)


@DUE.story(age=69)
def due_today(t: Teller) -> None:
    standard(t, 450, "P12W", 84)


@DUE.story(age=33)
def due_today_every_ten_weeks(t: Teller) -> None:
    standard(t, 300, "P10W", 70)


@DUE.story(age=64)
def due_this_week(t: Teller) -> None:
    standard(t, 410, "P12W", 80)


@DUE.story(age=70)
def due_next_week(t: Teller) -> None:
    standard(t, 820, "P12W", 75)


@DUE.story(age=51)
def six_month_check_overdue(t: Teller) -> None:
    standard(t, 196, "P3M", 55, checks_until=60)


@DUE.story(age=47)
def six_month_check_partial(t: Teller) -> None:
    standard(t, 194, "P3M", 50, checks_until=60)
    t.measured(4, b12=(400, 1200), **blood_count(t))


@DUE.story(age=36)
def three_month_check_soon(t: Teller) -> None:
    t.diagnosed(78, "coeliac")
    found_deficient(t, 79)
    t.ordered(75, "im-standard", "P3M")
    t.loaded(75)


@DUE.story(age=58)
def annual_check_missed(t: Teller) -> None:
    standard(t, 800, "P3M", 40, checks_until=300)


@DUE.story(age=42)
def tablets(t: Teller) -> None:
    t.diagnosed(220, "dietary")
    found_deficient(t, 222)
    t.ordered(215, "oral", oral_daily_ug=Decimal(1000))
    rechecked(t, 215)


@DUE.story(age=65)
def changed_over_to_tablets(t: Teller) -> None:
    standard(t, 400, "P3M", 120, checks_until=30)
    t.ordered(60, "oral", oral_daily_ug=Decimal(1000), reason="Tires of needles; levels are good.")


@DUE.story(age=29)
def away_abroad(t: Teller) -> None:
    standard(t, 350, "P2M", 75)
    t.away(40, -21, "Working abroad; the next injection is arranged there.")


@DUE.story(age=88)
def died(t: Teller) -> None:
    standard(t, 600, "P3M", 150, checks_until=160)
    t.left(45, "deceased", "Told by the family.")


@DUE.story(age=50)
def moved_house(t: Teller) -> None:
    standard(t, 380, "P3M", 200, checks_until=190)
    t.left(90, "transferred", "Moved; records sent to the new practice.")


@DUE.story(age=31)
def treatment_ended(t: Teller) -> None:
    t.diagnosed(300, "dietary")
    found_deficient(t, 301)
    t.ordered(296, "im-standard", "P3M")
    t.loaded(296)
    good_set(t, 200)
    t.ended(150, "Eats fish and eggs again; levels have stayed up.")


@DUE.story(age=62)
def stopped_against_advice(t: Teller) -> None:
    standard(t, 520, "P3M", 110, checks_until=100)
    t.ended(35, "Wishes no more injections after a talk about lifelong treatment.")


@DUE.story(age=41)
def after_ileal_resection(t: Teller) -> None:
    t.condition(900, "ileal-resection", length_cm=Decimal(34))
    t.diagnosed(400, "ileal-resection", deficient=False)
    t.measured(402, b12=(360, 700), homocysteine=(6, 9.5), **blood_count(t), **kidneys())
    t.ordered(395, "im-ileal", "P1M")
    t.dosed(395)
    kept_up(t, 395, "P1M", 12)
    rechecked(t, 395)


@DUE.story(age=38)
def after_gastric_bypass(t: Teller) -> None:
    t.condition(700, "bariatric-surgery", procedure="Roux-en-Y gastric bypass")
    t.measured(300, b12=(380, 800), homocysteine=(5, 9), **blood_count(t), **kidneys())
    t.diagnosed(299, "bariatric-surgery", deficient=False)
    t.ordered(290, "im-bariatric", "P3M")
    t.dosed(290)
    kept_up(t, 290, "P3M", 40)
    rechecked(t, 290)


@DUE.story(age=44)
def after_sleeve_without_interval(t: Teller) -> None:
    t.condition(120, "bariatric-surgery", procedure="Sleeve gastrectomy")
    t.measured(40, b12=(370, 700), homocysteine=(5, 9.5), **blood_count(t), **kidneys())
    t.diagnosed(39, "bariatric-surgery", deficient=False)
    t.ordered(35, "im-bariatric")
    t.dosed(35)


@DUE.story(age=73)
def loaded_again(t: Teller) -> None:
    standard(t, 1000, "P3M", 420, checks_until=400)
    t.measured(70, b12=(90, 170), homocysteine=(12, 20), **blood_count(t), **kidneys())
    t.ordered(
        64, "im-standard", "P2M", reload=True, reason="Came back after a year; loading again."
    )
    t.loaded(64)


@DUE.story(age=56)
def loading_ended_early(t: Teller) -> None:
    t.diagnosed(60, "other-malabsorption")
    found_deficient(t, 61)
    t.ordered(55, "im-standard", "P2M")
    t.dosed(55, 53, 51, 48)
    t.loading_ended(46)
    t.extra_recheck(-12, 40, "Wants to know whether four doses were enough.")
