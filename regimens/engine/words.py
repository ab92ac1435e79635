"""The sentences of the flags, read once from the protocol's `flags.toml`.

Each flag has a `why`, a `do` and a `source`; a variant of it says only what
differs. The file is read strictly, so a mistyped key stops the program.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import NamedTuple

from regimens.engine.strictly import ProtocolError

KEYS = ("why", "do", "source")


class Sentences(NamedTuple):
    """Why a flag is raised, what to do, and who says so; `{}` in `why` is filled in."""

    why: str
    do: str
    source: str


def read_sentences(text: str) -> Mapping[tuple[str, str], Sentences]:
    """The sentences by flag and variant; the plain flag's variant is "".

    Raises ProtocolError for a key that is missing or unknown.
    """
    found: dict[tuple[str, str], Sentences] = {}
    for code, table in tomllib.loads(text).items():
        plain = {key: value for key, value in table.items() if not isinstance(value, dict)}
        found[code, ""] = _sentences(code, plain)
        for variant, own in table.items():
            if isinstance(own, dict):
                found[code, variant] = _sentences(f"{code}.{variant}", {**plain, **own})
    return found


def _sentences(where: str, table: dict[str, object]) -> Sentences:
    for key in {*table, *KEYS}:
        if key not in KEYS or not isinstance(table.get(key), str):
            raise ProtocolError(f"flags.toml: {where}.{key}: missing or unknown")
    return Sentences(*(str(table[key]) for key in KEYS))


SENTENCES = read_sentences(
    files("regimens.engine").joinpath("protocols/flags.toml").read_text(encoding="utf-8")
)
