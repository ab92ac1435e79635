"""The objects a case is made of, key by key: one description for reading and for the schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from regimens.engine import checks, facts
from regimens.engine import vocabulary as words
from regimens.engine.kinds import (
    WRONG,
    Amount,
    Day,
    Days,
    Flag,
    Interval,
    Kind,
    Pregnancy,
    Reader,
    ResultValue,
    Schema,
    Text,
    Word,
    Words,
    shown,
)

type Values = dict[str, Any]
type Check = Callable[[Reader, str, Values], None]


@dataclass(frozen=True, slots=True)
class Key:
    """A key of an object; what is missing and not required has its default.

    null is accepted where the default is null. `field` is the fact's own name
    for it, where that differs.
    """

    kind: Kind
    required: bool = False
    default: object = None
    field: str = ""

    @property
    def nullable(self) -> bool:
        """Whether null may be written for it."""
        return not self.required and self.default is None


@dataclass(frozen=True, slots=True)
class Shape:
    """An object: what it becomes, its keys, and what must hold between them."""

    build: Callable[..., Any]
    keys: Mapping[str, Key]
    checks: tuple[Check, ...] = ()

    def read(self, reader: Reader, path: str, value: object) -> Any:
        """What the object becomes; None once a fault has been told."""
        if not isinstance(value, dict):
            reader.fault(path, f"{shown(value)} is not an object")
            return None
        before = len(reader.faults)
        for name in value:
            if name not in self.keys:
                reader.fault(joined(path, name), "unknown key")
        values = {name: self._read_key(reader, path, value, name) for name in self.keys}
        for check in self.checks:
            check(reader, path, values)
        if len(reader.faults) > before:
            return None
        return self.build(**{key.field or name: values[name] for name, key in self.keys.items()})

    def _read_key(self, reader: Reader, path: str, value: Values, name: str) -> Any:
        key, where, before = self.keys[name], joined(path, name), len(reader.faults)
        if name not in value and not key.required:
            return key.default
        if name in value and value[name] is None and key.nullable:
            return None
        if name in value:
            read = key.kind.read(reader, where, value[name])
        else:
            reader.fault(where, "missing")
            read = key.kind.read(reader, where, {}) if isinstance(key.kind, Shape) else None
        return read if len(reader.faults) == before else WRONG

    def schema(self) -> Schema:
        """The JSON Schema of the object."""
        return {
            "type": "object",
            "properties": {name: _key_schema(key) for name, key in self.keys.items()},
            "required": [name for name, key in self.keys.items() if key.required],
            "additionalProperties": False,
        }


@dataclass(frozen=True, slots=True)
class Items:
    """A list of objects of one shape."""

    shape: Shape

    def read(self, reader: Reader, path: str, value: object) -> tuple[Any, ...] | None:
        """What the objects become, in their order."""
        if not isinstance(value, list):
            reader.fault(path, f"{shown(value)} is not a list")
            return None
        return tuple(self.shape.read(reader, f"{path}[{i}]", item) for i, item in enumerate(value))

    def schema(self) -> Schema:
        """The JSON Schema of the list."""
        return {"type": "array", "items": self.shape.schema()}


def joined(path: str, name: str) -> str:
    """The JSON path of a key; one that is not a plain word is quoted."""
    if not (name.isascii() and name.replace("_", "a").replace("-", "a").isalnum()):
        return f"{path}[{name!r}]"
    return f"{path}.{name}" if path else name


def _key_schema(key: Key) -> Schema:
    schema = key.kind.schema()
    if key.nullable:
        return {"anyOf": [schema, {"type": "null"}]}
    told = not key.required and isinstance(key.default, str | int)
    return {**schema, "default": key.default} if told else schema


def _fact(build: Callable[..., Any], keys: Mapping[str, Key], *more: Check) -> Items:
    """A list of facts, each of which can be voided."""
    return Items(Shape(build, {**keys, "voided": Key(VOIDED)}, (*more, checks.voided)))


NO = False
USUAL = facts.Policy()
VOIDED = Shape(
    lambda date, reason: date,
    {"date": Key(Day(to_come=True), required=True), "reason": Key(Text())},
)
PATIENT = Shape(
    facts.Patient,
    {
        "birth_date": Key(Day(), required=True),
        "sex": Key(Word(words.SEXES), default="unknown"),
        "pregnant": Key(Pregnancy(), default=NO),
        "breastfeeding": Key(Flag(), default=NO),
        "status": Key(Word(words.STATUSES), default="active"),
        "status_since": Key(Day()),
        "away": Key(
            Shape(
                facts.Away,
                {
                    "from": Key(Day(to_come=True), required=True, field="start"),
                    "until": Key(Day(to_come=True)),
                },
                (checks.in_order("from", "until"),),
            )
        ),
    },
    (checks.status_since,),
)
DIAGNOSIS = Shape(
    facts.Diagnosis,
    {
        "date": Key(Day(), required=True),
        "cause": Key(Word(words.CAUSES), required=True),
        "deficient": Key(Flag(), default=NO),
    },
)
POLICY = Shape(
    facts.Policy,
    {
        "due_soon_days": Key(Days(), default=USUAL.due_soon_days),
        "late_days": Key(Days(), default=USUAL.late_days),
        "overdue_days": Key(Days(), default=USUAL.overdue_days),
        "loading_gap_days": Key(Days(), default=USUAL.loading_gap_days),
        "loading_review_days": Key(Days(), default=USUAL.loading_review_days),
    },
    (checks.bands,),
)
LISTS: Mapping[str, Items] = {
    "conditions": _fact(
        facts.Condition,
        {
            "code": Key(Word(words.CONDITIONS), required=True),
            "onset": Key(Day(), required=True),
            "ended": Key(Day(to_come=True)),
            "length_cm": Key(Amount()),
            "procedure": Key(Text()),
        },
        checks.in_order("onset", "ended"),
    ),
    "symptom_reviews": _fact(
        facts.SymptomReview,
        {
            "date": Key(Day(), required=True),
            "symptoms": Key(Words(words.SYMPTOMS), default=()),
            "severe": Key(Flag(), default=NO),
            "direction": Key(Word(words.DIRECTIONS), required=True),
        },
        checks.direction,
    ),
    "courses": _fact(
        facts.Course,
        {
            "start": Key(Day(to_come=True), required=True),
            "regimen": Key(Word(words.REGIMENS), required=True),
            "interval": Key(Interval()),
            "drug": Key(Word(words.DRUGS), default="hydroxocobalamin"),
            "loading_ended": Key(Day()),
            "reload": Key(Flag(), default=NO),
            "end": Key(Day(to_come=True)),
            "end_reason": Key(Text()),
            "oral_daily_ug": Key(Amount()),
        },
        checks.in_order("start", "loading_ended"),
        checks.in_order("start", "end"),
    ),
    "doses": _fact(
        facts.Dose,
        {
            "date": Key(Day(), required=True),
            "drug": Key(Word(words.DRUGS), required=True),
            "amount_ug": Key(Amount(), required=True),
            "route": Key(Word(words.ROUTES), required=True),
            "site": Key(Word(words.SITES)),
            "elsewhere": Key(Flag(), default=NO),
            "reaction": Key(Text()),
        },
    ),
    "not_given": _fact(facts.NotGiven, {"date": Key(Day(), required=True), "reason": Key(Text())}),
    "folic_acid": _fact(
        facts.FolicAcid,
        {"start": Key(Day(), required=True), "end": Key(Day(to_come=True))},
        checks.in_order("start", "end"),
    ),
    "allergies": _fact(
        facts.Allergy,
        {
            "substance": Key(Word(words.SUBSTANCES), required=True),
            "date": Key(Day(), required=True),
        },
    ),
    "medicines": _fact(
        facts.Medicine,
        {
            "code": Key(Word(words.MEDICINES), required=True),
            "start": Key(Day(), required=True),
            "end": Key(Day(to_come=True)),
        },
        checks.in_order("start", "end"),
    ),
    "labs": _fact(
        facts.Lab,
        {
            "date": Key(Day(), required=True),
            "analyte": Key(Word(words.ANALYTES), required=True),
            "value": Key(ResultValue(words.ANTIBODY_WORDS), required=True),
            "comparator": Key(Word(words.COMPARATORS)),
            "unit": Key(Text()),
        },
        checks.result,
    ),
    "extra_rechecks": _fact(
        facts.ExtraRecheck, {"date": Key(Day(to_come=True), required=True), "reason": Key(Text())}
    ),
    "rechecks_off": _fact(
        facts.RechecksOff,
        {
            "start": Key(Day(), required=True),
            "end": Key(Day(to_come=True)),
            "reason": Key(Text()),
        },
        checks.in_order("start", "end"),
    ),
}
