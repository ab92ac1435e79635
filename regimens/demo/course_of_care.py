"""Stretches of care that many stories share."""

from __future__ import annotations

from math import ceil

from regimens.demo.teller import Level, Teller

DAYS = {"P1M": 30, "P2M": 61, "P3M": 91, "P10W": 70, "P12W": 84}
NORMAL_HB = {"female": (12.3, 15.4), "male": (13.4, 17.0)}
LOW_HB = {"female": (8.6, 11.6), "male": (8.8, 12.4)}
CHECKS = (3, 6, 12, 24, 36, 48)


def blood_count(t: Teller) -> dict[str, Level]:
    """Haemoglobin and red cells as they should be."""
    return {"haemoglobin": NORMAL_HB.get(t.patient.sex, (13.4, 16.0)), "mcv": (81, 98)}


def kidneys(low: float = 68, high: float = 118) -> dict[str, Level]:
    """Creatinine and eGFR, good unless said otherwise."""
    return {"egfr": (low, high)}


def found_deficient(t: Teller, ago: int, *, anaemic: bool = False) -> None:
    """The tests that brought the patient here."""
    count = blood_count(t)
    if anaemic:
        count = {"haemoglobin": LOW_HB.get(t.patient.sex, (8.8, 11.5)), "mcv": (101, 104)}
    t.measured(ago, b12=(60, 176), mma=(320, 860), homocysteine=(14, 26), **count, **kidneys())


def good_set(t: Teller, ago: int) -> None:
    """A complete set of results at target."""
    t.measured(
        ago, b12=(390, 1700), mma=(60, 250), homocysteine=(4.5, 9.6), **blood_count(t), **kidneys()
    )


def rechecked(t: Teller, t0: int, *, until: int = 1) -> None:
    """Every recheck since T0 done a few days after it fell due, up to `until` days ago."""
    for months in CHECKS:
        ago = t0 - ceil(months * 30.5) - 2
        if ago >= until:
            good_set(t, ago)


def kept_up(t: Teller, loaded: int, interval: str, last: int) -> None:
    """Maintenance doses on time, so that the last one was given `last` days ago."""
    step = DAYS[interval]
    t.dosed(*reversed(range(last, loaded - step + 8, step)))


def standard(t: Teller, start: int, interval: str, last: int, *, checks_until: int = 1) -> None:
    """Deficient without neurological symptoms, loaded, then in maintenance."""
    t.diagnosed(start + 3, "pernicious-anaemia")
    found_deficient(t, start + 4)
    t.ordered(start, "im-standard", interval)
    loaded = t.loaded(start)
    kept_up(t, loaded, interval, last)
    rechecked(t, start, until=checks_until)


def neuro(
    t: Teller, start: int, interval: str, last: int, *, symptom: str = "paraesthesia"
) -> None:
    """Deficient with neurological symptoms: alternate days to a plateau, then maintenance."""
    t.diagnosed(start + 2, "autoimmune-gastritis")
    found_deficient(t, start + 3)
    t.reviewed(start + 1, "new", symptom)
    t.ordered(start, "im-neuro", interval)
    t.dosed(*range(start, start - 20, -2))
    t.reviewed(start - 19, "plateau", symptom)
    kept_up(t, start - 18, interval, last)
    rechecked(t, start)
    t.reviewed(max(start // 3, 1), "resolved")
