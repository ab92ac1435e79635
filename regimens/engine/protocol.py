"""The clinical numbers, read once from the protocol files, each with its words and source.

`PROTOCOL` holds the values the rules compare with; `PROTOCOL.stated` says in
words what each one is and where it comes from. The files are read strictly:
a missing or unknown key, or a value of the wrong kind, raises ProtocolError
naming the file and the key.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from decimal import Decimal
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from regimens.engine.strictly import (
    Keys,
    ProtocolError,
    as_days,
    as_decimal,
    as_early_days,
    as_gaps,
    as_loading,
    as_number,
    as_numbers,
    as_options,
    as_table,
    as_words,
    optional_interval,
)
from regimens.engine.units import UNITS

type Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RegimenProtocol:
    """A regimen that can be ordered: in words, how it loads, and its intervals."""

    code: str
    words: str
    loading: str  # one of LOADINGS
    interval: str | None  # the default; None where none is preselected
    options: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class B12CutOffs:
    """A B12 in one unit: deficient below the first, borderline up to the second."""

    deficient_below: int
    borderline_to: int
    source: str


@dataclass(frozen=True, slots=True)
class HaemoglobinCutOffs:
    """The haemoglobin, g/L, below which a person is anaemic."""

    men: int
    women: int
    pregnant: int
    second_trimester: int
    source: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A number in words: its unit where it has one, what it means, who says so."""

    unit: str | None
    words: str
    source: str


@dataclass(frozen=True)
class CutOffs:
    """Cut-offs of results and amounts, each in the unit its file states."""

    mma_target: int
    homocysteine_target: int
    macrocytosis_above: int
    egfr_caveat_below: int
    egfr_critical_below: int
    severe_hb_below: int
    potassium_below: Decimal
    platelets_below: int
    resected_cm_above: int
    antidote_ug_from: int
    usual_dose_ug: int
    response_g_per_l: int


@dataclass(frozen=True)
class Windows:
    """How long, how often and how far apart: days, weeks, months or years by name."""

    standard_gaps: tuple[timedelta, ...]
    loading_doses: int
    neuro_gap: timedelta
    early_days: int
    lapsed_intervals: int
    persist_months: int
    first_milestones: tuple[int, ...]
    yearly_months: int
    after_switch_months: int
    set_days: int
    early_recheck_days: Mapping[str, int]
    recheck_due_soon_days: int
    recheck_reminder_every_days: int
    recheck_reminders: int
    egfr_months: int
    marker_months: int
    oral_failure_months: int
    oral_failure_set_days: int
    response_weeks: int
    baseline_months: int
    antibody_days: int
    adult_from_years: int


@dataclass(frozen=True)
class Tables:
    """The regimens by code, and the cut-offs that come in families."""

    regimens: Mapping[str, RegimenProtocol]
    b12: Mapping[tuple[str, str], B12CutOffs]  # by analyte and unit
    haemoglobin: HaemoglobinCutOffs
    stated: Mapping[str, Stated]  # by the name of the number


@dataclass(frozen=True, kw_only=True)
class Protocol(Windows, CutOffs, Tables):
    """Every number of the rules under its own name."""


def read_protocol(texts: Mapping[str, str]) -> Protocol:
    """The protocol said by the texts of the files, by file name.

    Raises ProtocolError for the first thing that is missing, unknown or wrong.
    """
    targets = Keys("targets.toml", _table("targets.toml", texts))
    windows = Keys("windows.toml", _table("windows.toml", texts))
    cut_offs = Keys("targets.toml.cut_offs", targets.take("cut_offs", as_table))
    stated: dict[str, Stated] = {}
    numbers: dict[str, Any] = {}
    for keys, holder in ((cut_offs, CutOffs), (windows, Windows)):
        for field in fields(holder):
            numbers[field.name], stated[field.name] = keys.take(
                field.name, _stated(str(field.type), with_unit=holder is CutOffs)
            )
        keys.end()
    b12 = Keys("targets.toml.b12", targets.take("b12", as_table)).take_all(_b12)
    haemoglobin = targets.take("haemoglobin", _haemoglobin)
    targets.end()
    return Protocol(
        regimens=MappingProxyType(_regimens(texts)),
        b12=MappingProxyType(_by_unit(b12)),
        haemoglobin=haemoglobin,
        stated=MappingProxyType(stated),
        **numbers,
    )


def _table(name: str, texts: Mapping[str, str]) -> Table:
    try:
        return tomllib.loads(texts[name], parse_float=Decimal)
    except KeyError:
        raise ProtocolError(f"{name}: missing") from None
    except tomllib.TOMLDecodeError as error:
        raise ProtocolError(f"{name}: {error}") from None


def _regimens(texts: Mapping[str, str]) -> dict[str, RegimenProtocol]:
    keys = Keys("regimens.toml", _table("regimens.toml", texts))
    return {code: keys.take(code, _regimen) for code in keys.names()}


def _regimen(where: str, value: object) -> RegimenProtocol:
    keys = Keys(where, value)
    interval = keys.take("interval", optional_interval)
    regimen = RegimenProtocol(
        code=where.partition(".toml.")[2],
        words=keys.take("words", as_words),
        loading=keys.take("loading", as_loading),
        interval=interval,
        options=keys.take("options", as_options),
        source=keys.take("source", as_words),
    )
    keys.end()
    if interval is not None and interval not in regimen.options:
        raise ProtocolError(f"{where}.interval: {interval} is not among its options")
    return regimen


def _b12(where: str, value: object) -> B12CutOffs:
    keys = Keys(where, value)
    cut_offs = B12CutOffs(
        deficient_below=keys.take("deficient_below", as_number),
        borderline_to=keys.take("borderline_to", as_number),
        source=keys.take("source", as_words),
    )
    keys.end()
    if cut_offs.borderline_to <= cut_offs.deficient_below:
        raise ProtocolError(f"{where}.borderline_to: must be above deficient_below")
    return cut_offs


def _by_unit(read: Mapping[str, B12CutOffs]) -> dict[tuple[str, str], B12CutOffs]:
    """The B12 cut-offs by analyte and unit; every unit must have its own."""
    wanted = [(analyte, unit) for analyte in ("b12", "active-b12") for unit in UNITS[analyte]]
    for analyte, unit in wanted:
        if f"{analyte} {unit}" not in read:
            raise ProtocolError(f"targets.toml.b12.{analyte} {unit}: missing")
    for key in read:
        if tuple(key.split(" ")) not in wanted:
            raise ProtocolError(f"targets.toml.b12.{key}: unknown")
    return {(analyte, unit): read[f"{analyte} {unit}"] for analyte, unit in wanted}


def _haemoglobin(where: str, value: object) -> HaemoglobinCutOffs:
    keys = Keys(where, value)
    cut_offs = HaemoglobinCutOffs(
        men=keys.take("men", as_number),
        women=keys.take("women", as_number),
        pregnant=keys.take("pregnant", as_number),
        second_trimester=keys.take("second_trimester", as_number),
        source=keys.take("source", as_words),
    )
    keys.end()
    return cut_offs


def _stated(kind: str, *, with_unit: bool) -> Callable[[str, object], tuple[object, Stated]]:
    """A reader of a number of one kind together with its words and source."""

    def read(where: str, value: object) -> tuple[object, Stated]:
        keys = Keys(where, value)
        number = keys.take("value", KINDS[kind])
        unit = keys.take("unit", as_words) if with_unit else None
        words, source = keys.take("words", as_words), keys.take("source", as_words)
        keys.end()
        return number, Stated(unit, words, source)

    return read


KINDS: dict[str, Callable[[str, object], object]] = {
    "int": as_number,
    "Decimal": as_decimal,
    "timedelta": as_days,
    "tuple[int, ...]": as_numbers,
    "tuple[timedelta, ...]": as_gaps,
    "Mapping[str, int]": as_early_days,
}


def _files() -> dict[str, str]:
    folder = files("regimens.engine") / "protocols"
    return {
        one.name: one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith(".toml")
    }


PROTOCOL = read_protocol(_files())
