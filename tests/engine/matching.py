"""How an expectation of a case file is compared with an answer: partly, as the files say."""

from __future__ import annotations

from typing import Any


def mismatches(expected: Any, found: Any, path: str = "") -> list[str]:
    """What is expected and does not hold, a line each.

    An object holds if each of its keys does; a list if each of its items
    matches some item, `[]` only if nothing is there; `{"only": [...]}` if
    besides nothing is left over; flags are given as what there is and is not.
    """
    if path == "flags" and isinstance(expected, dict):
        return _flags(expected, found)
    if isinstance(expected, dict):
        if set(expected) == {"only"} and isinstance(found, list):
            return _only(expected["only"], found, path)
        return _object(expected, found, path)
    if isinstance(expected, list):
        return _list(expected, found, path)
    # JSON's true is not 1.
    same = expected == found and isinstance(expected, bool) == isinstance(found, bool)
    return [] if same else [f"{path}: expected {expected!r}, found {found!r}"]


def _object(expected: dict[str, Any], found: Any, path: str) -> list[str]:
    if not isinstance(found, dict):
        return [f"{path}: expected an object, found {found!r}"]
    lines: list[str] = []
    for key, value in expected.items():
        where = f"{path}.{key}" if path else key
        lines += mismatches(value, found[key], where) if key in found else [f"{where}: no such key"]
    return lines


def _list(expected: list[Any], found: Any, path: str) -> list[str]:
    if not isinstance(found, list):
        return [f"{path}: expected a list, found {found!r}"]
    if not expected:
        return [f"{path}: expected nothing, found {found!r}"] if found else []
    return [
        f"{path}: nothing matches {item!r} in {found!r}"
        for item in expected
        if all(mismatches(item, one, f"{path}[]") for one in found)
    ]


def _only(expected: list[Any], found: list[Any], path: str) -> list[str]:
    """Each expected item has an item of its own, and none is left over."""
    if len(expected) != len(found):
        return [f"{path}: expected {len(expected)} items, found {len(found)}: {found!r}"]
    fits = [[not mismatches(item, one, f"{path}[]") for one in found] for item in expected]
    return [] if _paired(fits) else [f"{path}: expected only {expected!r}, found {found!r}"]


def _paired(fits: list[list[bool]]) -> bool:
    """Whether each row can have a column of its own that fits (augmenting paths)."""
    owner: dict[int, int] = {}

    def place(row: int, tried: set[int]) -> bool:
        for column, fit in enumerate(fits[row]):
            if fit and column not in tried:
                tried.add(column)
                if column not in owner or place(owner[column], tried):
                    owner[column] = row
                    return True
        return False

    return all(place(row, set()) for row in range(len(fits)))


def _flags(expected: dict[str, Any], found: list[dict[str, Any]]) -> list[str]:
    unknown = set(expected) - {"has", "not", "only"}
    assert not unknown, f"flags are given as has, not and only, not {unknown}"
    named = {key: [_flag(one) for one in expected.get(key, [])] for key in ("has", "only")}
    lines = _list(named["has"], found, "flags") if named["has"] else []
    if "only" in expected:
        lines += _only(named["only"], found, "flags")
    unwanted = [flag for flag in found if flag["code"] in expected.get("not", [])]
    return lines + [f"flags: {flag['code']} should not hold: {flag!r}" for flag in unwanted]


def _flag(given: str | dict[str, Any]) -> dict[str, Any]:
    return {"code": given} if isinstance(given, str) else given
