"""Draw laboratory values as they are spread in a population."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

DECIMALS = {"homocysteine": 1, "haemoglobin": 1, "mcv": 1, "creatinine": 2}


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "levels.toml").read_text())


def draw(
    random: Random,
    analyte: str,
    sex: str,
    *,
    above: float | None = None,
    below: float | None = None,
) -> float:
    """One value in the table's unit, by its distribution in this sex between two bounds."""
    percent, values = _table(analyte, sex)
    low = 0.0 if above is None else _along(values, percent, above)
    high = percent[-1] if below is None else _along(values, percent, below)
    found = _along(percent, values, random.uniform(low, high))
    # Rounding must not carry a value over its bound.
    step = 10 ** -DECIMALS.get(analyte, 0)
    found = round(found, DECIMALS.get(analyte, 0))
    if above is not None and found <= above:
        found = above + step
    if below is not None and found >= below:
        found = below - step
    return round(found, DECIMALS.get(analyte, 0))


def _table(analyte: str, sex: str) -> tuple[list[float], list[float]]:
    tables = _tables()
    return tables["percent"], tables[analyte]["male" if sex == "male" else "female"]


def _along(xs: list[float], ys: list[float], x: float) -> float:
    """The value beside `x` on the line through these points, which rises."""
    at = min(max(bisect_left(xs, x), 1), len(xs) - 1)
    left, right = xs[at - 1], xs[at]
    share = (min(max(x, left), right) - left) / (right - left) if right > left else 0.0
    return ys[at - 1] + share * (ys[at] - ys[at - 1])
