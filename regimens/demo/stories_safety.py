"""Stories about safety: every rule about doses, orders, medicines and people."""

from __future__ import annotations

from decimal import Decimal

from regimens.demo.course_of_care import (
    blood_count,
    found_deficient,
    good_set,
    kidneys,
    neuro,
    standard,
)
from regimens.demo.story import Stories
from regimens.demo.teller import Teller

SAFETY = Stories()


@SAFETY.story(age=37)
def folic_acid_first(t: Teller) -> None:
    t.folic_acid(45)
    t.diagnosed(4, "coeliac")
    found_deficient(t, 5, anaemic=True)


@SAFETY.story(age=70)
def folic_acid_while_loading(t: Teller) -> None:
    t.diagnosed(9, "pernicious-anaemia")
    found_deficient(t, 10)
    t.ordered(6, "im-standard", "P3M")
    t.dosed(6, 4, 2)
    t.folic_acid(3)


@SAFETY.story(age=76)
def cyanocobalamin_with_weak_kidneys(t: Teller) -> None:
    t.condition(2000, "chronic-kidney-disease")
    t.diagnosed(30, "pernicious-anaemia")
    t.measured(31, b12=(90, 170), homocysteine=(14, 22), **blood_count(t), **kidneys(18, 28))
    t.ordered(26, "im-standard", "P3M", drug="cyanocobalamin")
    t.dosed(*(26, 24, 22, 19, 17, 15), drug="cyanocobalamin")


@SAFETY.story(age=34, sex="male")
def leber(t: Teller) -> None:
    t.diagnosed(60, "dietary")
    found_deficient(t, 61)
    t.ordered(56, "im-standard", "P2M", drug="cyanocobalamin")
    t.dosed(*(56, 54, 52, 49, 47, 45), drug="cyanocobalamin")
    t.condition(20, "leber-optic-neuropathy")


@SAFETY.story(age=45)
def reacted_to_a_dose(t: Teller) -> None:
    standard(t, 300, "P3M", 20)
    t.reacted("Itching rash on both arms within the hour; gone the next day.")


@SAFETY.story(age=59)
def allergic_to_cobalt(t: Teller) -> None:
    t.allergic(3000, "cobalt", "Eczema from a watch strap, patch test positive.")
    t.diagnosed(3, "pernicious-anaemia")
    found_deficient(t, 4)


@SAFETY.story(age=71)
def rechecks_switched_off(t: Teller) -> None:
    standard(t, 620, "P3M", 50)
    t.rechecks_off(40, "Wishes no more blood tests.")


@SAFETY.story(age=52)
def new_tingling(t: Teller) -> None:
    standard(t, 500, "P3M", 30)
    t.reviewed(2, "new", "paraesthesia", "peripheral-neuropathy")


@SAFETY.story(age=63)
def severe_on_tablets(t: Teller) -> None:
    t.diagnosed(120, "dietary")
    found_deficient(t, 121)
    t.ordered(115, "oral", oral_daily_ug=Decimal(2000))
    good_set(t, 22)
    t.reviewed(5, "new", "gait-ataxia", severe=True)


@SAFETY.story(age=48)
def longer_interval_than_suggested(t: Teller) -> None:
    neuro(t, 460, "P3M", 40, symptom="cognitive-change")


@SAFETY.story(age=35)
def sore_tongue_only(t: Teller) -> None:
    t.diagnosed(4, "coeliac")
    found_deficient(t, 5)
    t.reviewed(4, "new", "glossitis")


@SAFETY.story(age=64)
def in_the_buttock(t: Teller) -> None:
    standard(t, 330, "P3M", 100)
    t.dosed(8, site="buttock-right", elsewhere=True, place="Ward 7, County Hospital")


@SAFETY.story(age=55)
def into_a_vein(t: Teller) -> None:
    standard(t, 280, "P3M", 95)
    t.dosed(6, route="IV", site="", elsewhere=True, place="Emergency department")


@SAFETY.story(age=50)
def half_a_dose(t: Teller) -> None:
    standard(t, 360, "P2M", 70)
    t.dosed(11, amount_ug=Decimal(500))


@SAFETY.story(age=83)
def twice_in_one_day(t: Teller) -> None:
    standard(t, 420, "P3M", 93)
    t.dosed(3)
    t.dosed(3, elsewhere=True, place="District nurse")


@SAFETY.story(age=46)
def too_early(t: Teller) -> None:
    standard(t, 390, "P3M", 55)
    t.dosed(5, note="Going on a long journey.")


@SAFETY.story(age=74)
def on_an_anticoagulant(t: Teller) -> None:
    t.takes(700, "anticoagulant-oral")
    standard(t, 470, "P3M", 65)


@SAFETY.story(age=26)
def nitrous_oxide(t: Teller) -> None:
    t.takes(160, "nitrous-oxide")
    t.diagnosed(14, "nitrous-oxide")
    found_deficient(t, 15)
    t.reviewed(14, "new", "paraesthesia", "gait-ataxia", severe=True)
    t.ordered(12, "im-neuro", "P2M")
    t.dosed(12, 10, 8, 6, 4, 2)


@SAFETY.story(age=66)
def metformin_and_acid_blocker(t: Teller) -> None:
    t.takes(2500, "metformin")
    t.takes(900, "ppi")
    standard(t, 250, "P3M", 70)


@SAFETY.story(age=32, sex="female")
def pregnant(t: Teller) -> None:
    standard(t, 310, "P3M", 45)
    t.changed(30, pregnancy="2")


@SAFETY.story(age=12)
def a_child(t: Teller) -> None:
    t.diagnosed(6, "dietary")
    t.measured(7, b12=(110, 175), homocysteine=(11, 15), haemoglobin=(12.4, 13.2), mcv=(80, 92))


@SAFETY.story(age=58)
def twenty_centimetres(t: Teller) -> None:
    t.condition(400, "ileal-resection", length_cm=Decimal(20))
    t.diagnosed(100, "ileal-resection", deficient=False)
    t.measured(101, b12=(380, 700), homocysteine=(6, 9.5), **blood_count(t), **kidneys())


@SAFETY.story(age=30)
def crohns(t: Teller) -> None:
    t.condition(1800, "crohns-ileal")
    t.diagnosed(50, "crohns-ileal", deficient=False)
    t.measured(51, b12=(360, 600), homocysteine=(6, 9.5), **blood_count(t), **kidneys())


@SAFETY.story(age=61)
def entered_for_the_wrong_patient(t: Teller) -> None:
    standard(t, 400, "P3M", 60)
    t.dosed(21)
    t.voided_last_dose(21, "Entered for the wrong patient.")
