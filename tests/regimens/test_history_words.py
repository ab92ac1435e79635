"""Every deed that the actions audit has words on the chart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from regimens.history import DEEDS, deed

ROOT = Path(__file__).parents[2]
AUDITED = re.compile(r'(?:writing|_once|record)\(\s*(?:\w+,\s*)?"([a-z-]+\.[a-z-]+)"')


def audited() -> Iterator[str]:
    for folder in ("patients/actions", "regimens/actions", "regimens/views"):
        for file in sorted((ROOT / folder).glob("*.py")):
            yield from AUDITED.findall(file.read_text("utf-8"))


def test_every_deed_has_words() -> None:
    found = set(audited())

    assert "injection.record" in found
    assert found <= set(DEEDS)


def test_a_deed_without_words_is_shown_by_its_name() -> None:
    assert deed("future.deed") == "future.deed"
