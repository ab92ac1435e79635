"""What flags say: one plain sentence each, a source, and nothing that must not be printed."""

from __future__ import annotations

import re

import pytest

from regimens.engine.findings import RULES
from regimens.engine.strictly import ProtocolError
from regimens.engine.words import SENTENCES, read_sentences

CODES = [
    "anaemia-macrocytic",
    "anticoagulant-im",
    "b12-alone-not-enough",
    "b12-borderline",
    "b12-deficient",
    "cobalamin-allergy",
    "cyanocobalamin-renal",
    "dose-early",
    "dose-nonstandard",
    "dose-overdue",
    "duplicate-dose",
    "egfr-needed",
    "folic-acid-before-b12",
    "folic-acid-during-loading",
    "functional-deficiency",
    "glossitis-only",
    "homocysteine-not-at-target",
    "homocysteine-renal-caveat",
    "hypokalaemia-risk",
    "if-antibody-early",
    "interacting-medicine",
    "leber-cyanocobalamin",
    "lifelong-treatment-stop",
    "loading-interrupted",
    "loading-review-due",
    "mma-high",
    "mma-high-renal-caveat",
    "mma-suggested",
    "monitoring-stopped",
    "neuro-new",
    "neuro-on-oral",
    "nitrous-oxide",
    "no-response",
    "not-stable",
    "oral-failure",
    "pregnancy-review",
    "prophylaxis-clinician-decides",
    "protocol-undefined",
    "recheck-overdue",
    "recheck-partial",
    "regimen-mismatch",
    "relapse-suspected",
    "route-intravenous",
    "site-gluteal",
    "treatment-lapsed",
    "under-16",
]
NEVER = re.compile(r"HR 2|50 ?%|\bdays? (ago|late|overdue)\b|\[\d+\]")


def test_every_flag_has_a_rule_and_its_sentences() -> None:
    assert sorted(rule.code for rule in RULES) == CODES
    assert sorted({code for code, _ in SENTENCES}) == CODES


@pytest.mark.parametrize("key", SENTENCES, ids=".".join)
def test_a_flag_says_one_plain_sentence_why_and_one_what_to_do(key: tuple[str, str]) -> None:
    sentences = SENTENCES[key]

    for text in (sentences.why, sentences.do):
        assert re.fullmatch(r"[A-Z{][^.!?]+\.", text), text
        assert not NEVER.search(text)
    assert sentences.source


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[a]\nwhy = "W."\ndo = "D."', "source"),
        ('[a]\nwhy = "W."\ndo = "D."\nsource = "S"\nwyh = "W."', "wyh"),
        ('[a]\nwhy = "W."\ndo = "D."\nsource = "S"\n[a.b]\ndoo = "D."', "doo"),
    ],
)
def test_a_missing_or_mistyped_key_stops_the_program(text: str, key: str) -> None:
    with pytest.raises(ProtocolError, match=key):
        read_sentences(text)


def test_a_variant_says_only_what_differs() -> None:
    text = '[a]\nwhy = "W."\ndo = "D."\nsource = "S"\n[a.b]\ndo = "Other."'

    assert read_sentences(text)["a", "b"] == ("W.", "Other.", "S")
