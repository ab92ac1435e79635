"""What the documents point at is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
DOCUMENTS = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").rglob("*.md"))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text())

    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_test_that_the_hazard_log_names_is_there() -> None:
    log = (REPOSITORY / "docs" / "safety" / "hazard-log.md").read_text()

    named = set(re.findall(r"`(tests/[^`]*)`", log))

    assert named
    assert [path for path in named if not (REPOSITORY / path).exists()] == []
