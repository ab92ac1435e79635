"""The clinical numbers, read once from the protocol files, each with its words and source.

`PROTOCOL` holds the values the rules compare with; `PROTOCOL.stated` says in
words what each one is and where it comes from. The files are read strictly:
a missing or unknown key, or a value of the wrong kind, raises ProtocolError
naming the file and the key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from decimal import Decimal
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from regimens.engine.units import UNITS

type Table = dict[str, Any]

LOADINGS = ("none", "standard", "neuro", "if-deficient")
INTERVAL = re.compile(r"P[1-9][0-9]?[MW]")


class ProtocolError(Exception):
    """A protocol file that does not say what it must."""


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


class _Keys:
    """One table of a file, whose keys are taken one by one; none may be missing or left."""

    def __init__(self, where: str, table: object) -> None:
        if not isinstance(table, dict):
            raise ProtocolError(f"{where}: must be a table")
        self.where = where
        self._left = dict(table)

    def take[T](self, key: str, read: Callable[[str, object], T]) -> T:
        if key not in self._left:
            raise ProtocolError(f"{self.where}.{key}: missing")
        return read(f"{self.where}.{key}", self._left.pop(key))

    def names(self) -> list[str]:
        return list(self._left)

    def take_all[T](self, read: Callable[[str, object], T]) -> dict[str, T]:
        return {key: self.take(key, read) for key in self.names()}

    def end(self) -> None:
        for key in self._left:
            raise ProtocolError(f"{self.where}.{key}: unknown")


def read_protocol(texts: Mapping[str, str]) -> Protocol:
    """The protocol said by the texts of the files, by file name.

    Raises ProtocolError for the first thing that is missing, unknown or wrong.
    """
    targets = _Keys("targets.toml", _table("targets.toml", texts))
    windows = _Keys("windows.toml", _table("windows.toml", texts))
    cut_offs = _Keys("targets.toml.cut_offs", targets.take("cut_offs", _as_table))
    stated: dict[str, Stated] = {}
    numbers: dict[str, Any] = {}
    for keys, holder in ((cut_offs, CutOffs), (windows, Windows)):
        for field in fields(holder):
            numbers[field.name], stated[field.name] = keys.take(
                field.name, _stated(str(field.type), with_unit=holder is CutOffs)
            )
        keys.end()
    b12 = _Keys("targets.toml.b12", targets.take("b12", _as_table)).take_all(_b12)
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
    keys = _Keys("regimens.toml", _table("regimens.toml", texts))
    return {code: keys.take(code, _regimen) for code in keys.names()}


def _regimen(where: str, value: object) -> RegimenProtocol:
    keys = _Keys(where, value)
    interval = keys.take("interval", _optional_interval)
    regimen = RegimenProtocol(
        code=where.partition(".toml.")[2],
        words=keys.take("words", _as_words),
        loading=keys.take("loading", _as_loading),
        interval=interval,
        options=keys.take("options", _as_options),
        source=keys.take("source", _as_words),
    )
    keys.end()
    if interval is not None and interval not in regimen.options:
        raise ProtocolError(f"{where}.interval: {interval} is not among its options")
    return regimen


def _b12(where: str, value: object) -> B12CutOffs:
    keys = _Keys(where, value)
    cut_offs = B12CutOffs(
        deficient_below=keys.take("deficient_below", _as_number),
        borderline_to=keys.take("borderline_to", _as_number),
        source=keys.take("source", _as_words),
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
    keys = _Keys(where, value)
    cut_offs = HaemoglobinCutOffs(
        men=keys.take("men", _as_number),
        women=keys.take("women", _as_number),
        pregnant=keys.take("pregnant", _as_number),
        second_trimester=keys.take("second_trimester", _as_number),
        source=keys.take("source", _as_words),
    )
    keys.end()
    return cut_offs


def _stated(kind: str, *, with_unit: bool) -> Callable[[str, object], tuple[object, Stated]]:
    """A reader of a number of one kind together with its words and source."""

    def read(where: str, value: object) -> tuple[object, Stated]:
        keys = _Keys(where, value)
        number = keys.take("value", KINDS[kind])
        unit = keys.take("unit", _as_words) if with_unit else None
        words, source = keys.take("words", _as_words), keys.take("source", _as_words)
        keys.end()
        return number, Stated(unit, words, source)

    return read


def _as_table(where: str, value: object) -> object:
    return value


def _as_words(where: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ProtocolError(f"{where}: must be words")
    return value


def _as_number(where: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise ProtocolError(f"{where}: must be a whole number above 0")
    return value


def _as_decimal(where: str, value: object) -> Decimal:
    if not isinstance(value, Decimal) or not value.is_finite() or value <= 0:
        raise ProtocolError(f"{where}: must be a decimal above 0")
    return value


def _as_days(where: str, value: object) -> timedelta:
    return timedelta(days=_as_number(where, value))


def _as_list(where: str, value: object) -> list[Any]:
    if not isinstance(value, list):
        raise ProtocolError(f"{where}: must be a list")
    return value


def _as_numbers(where: str, value: object) -> tuple[int, ...]:
    return tuple(_as_number(where, one) for one in _as_list(where, value))


def _as_gaps(where: str, value: object) -> tuple[timedelta, ...]:
    return tuple(_as_days(where, one) for one in _as_list(where, value))


def _as_early_days(where: str, value: object) -> Mapping[str, int]:
    keys = _Keys(where, value)
    days = keys.take_all(_as_number)
    if "others" not in days:
        raise ProtocolError(f"{where}.others: missing")
    return MappingProxyType(days)


def _as_loading(where: str, value: object) -> str:
    if value not in LOADINGS:
        raise ProtocolError(f"{where}: must be one of {', '.join(LOADINGS)}")
    return str(value)


def _as_interval(where: str, value: object) -> str:
    if not isinstance(value, str) or not INTERVAL.fullmatch(value):
        raise ProtocolError(f"{where}: must be a duration such as P2M or P10W")
    return value


def _optional_interval(where: str, value: object) -> str | None:
    return None if value == "" else _as_interval(where, value)


def _as_options(where: str, value: object) -> tuple[str, ...]:
    return tuple(_as_interval(where, one) for one in _as_list(where, value))


KINDS: dict[str, Callable[[str, object], object]] = {
    "int": _as_number,
    "Decimal": _as_decimal,
    "timedelta": _as_days,
    "tuple[int, ...]": _as_numbers,
    "tuple[timedelta, ...]": _as_gaps,
    "Mapping[str, int]": _as_early_days,
}


def _files() -> dict[str, str]:
    folder = files("regimens.engine") / "protocols"
    return {
        one.name: one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith(".toml")
    }


PROTOCOL = read_protocol(_files())
