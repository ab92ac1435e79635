"""Reading one table of a protocol file key by key: nothing missing, nothing left over."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

LOADINGS = ("none", "standard", "neuro", "if-deficient")
INTERVAL = re.compile(r"P[1-9][0-9]?[MW]")


class ProtocolError(Exception):
    """A protocol file that does not say what it must."""


class Keys:
    """One table of a file, whose keys are taken one by one; none may be missing or left."""

    def __init__(self, where: str, table: object) -> None:
        if not isinstance(table, dict):
            raise ProtocolError(f"{where}: must be a table")
        self.where = where
        self._left = dict(table)

    def take[T](self, key: str, read: Callable[[str, object], T]) -> T:
        """One key's value, read by its reader."""
        if key not in self._left:
            raise ProtocolError(f"{self.where}.{key}: missing")
        return read(f"{self.where}.{key}", self._left.pop(key))

    def names(self) -> list[str]:
        """The keys not yet taken."""
        return list(self._left)

    def take_all[T](self, read: Callable[[str, object], T]) -> dict[str, T]:
        """Every key that is left, each read by the same reader."""
        return {key: self.take(key, read) for key in self.names()}

    def end(self) -> None:
        """Refuse what nobody has taken."""
        for key in self._left:
            raise ProtocolError(f"{self.where}.{key}: unknown")


def as_table(where: str, value: object) -> object:
    return value


def as_words(where: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ProtocolError(f"{where}: must be words")
    return value


def as_number(where: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise ProtocolError(f"{where}: must be a whole number above 0")
    return value


def as_decimal(where: str, value: object) -> Decimal:
    if not isinstance(value, Decimal) or not value.is_finite() or value <= 0:
        raise ProtocolError(f"{where}: must be a decimal above 0")
    return value


def as_days(where: str, value: object) -> timedelta:
    return timedelta(days=as_number(where, value))


def as_list(where: str, value: object) -> list[Any]:
    if not isinstance(value, list):
        raise ProtocolError(f"{where}: must be a list")
    return value


def as_numbers(where: str, value: object) -> tuple[int, ...]:
    return tuple(as_number(where, one) for one in as_list(where, value))


def as_gaps(where: str, value: object) -> tuple[timedelta, ...]:
    return tuple(as_days(where, one) for one in as_list(where, value))


def as_early_days(where: str, value: object) -> Mapping[str, int]:
    keys = Keys(where, value)
    days = keys.take_all(as_number)
    if "others" not in days:
        raise ProtocolError(f"{where}.others: missing")
    return MappingProxyType(days)


def as_loading(where: str, value: object) -> str:
    if value not in LOADINGS:
        raise ProtocolError(f"{where}: must be one of {', '.join(LOADINGS)}")
    return str(value)


def as_interval(where: str, value: object) -> str:
    if not isinstance(value, str) or not INTERVAL.fullmatch(value):
        raise ProtocolError(f"{where}: must be a duration such as P2M or P10W")
    return value


def optional_interval(where: str, value: object) -> str | None:
    return None if value == "" else as_interval(where, value)


def as_options(where: str, value: object) -> tuple[str, ...]:
    return tuple(as_interval(where, one) for one in as_list(where, value))
