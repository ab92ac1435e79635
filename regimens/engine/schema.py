"""The JSON Schema (draft 2020-12) of a case, from the same shapes that read one."""

from __future__ import annotations

from regimens.engine.kinds import Schema
from regimens.engine.parse import CASE
from regimens.engine.units import UNITS


def case_schema() -> Schema:
    """The schema of one case, or of a list of them.

    What it cannot say (dates against today and birth, ends against
    beginnings, two courses on one day) only reading a case tells.
    """
    case = CASE.schema()
    labs = case["properties"]["labs"]["items"]
    labs["allOf"] = [_units_of(analyte, list(units)) for analyte, units in UNITS.items()]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Facts about one person, and the day to assess them on",
        "$defs": {"case": case},
        "anyOf": [
            {"$ref": "#/$defs/case"},
            {"type": "array", "items": {"$ref": "#/$defs/case"}},
        ],
    }


def _units_of(analyte: str, units: list[str]) -> Schema:
    """What is said of a result of one analyte: a number in its units, or its words without."""
    number: Schema = {
        "properties": {"value": {"type": "number"}, "unit": {"enum": units}},
        "required": ["unit"],
    }
    word: Schema = {
        "properties": {
            "value": {"type": "string"},
            "unit": {"type": "null"},
            "comparator": {"type": "null"},
        }
    }
    return {
        "if": {"properties": {"analyte": {"const": analyte}}, "required": ["analyte"]},
        "then": {"anyOf": [number, word]} if analyte == "if-antibody" else number,
    }
