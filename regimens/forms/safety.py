"""Answers to the safety rules, which come with a form beside its own fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from patients.forms.base import RecordForm
from regimens.presenters import Tag, severity_tag

LONGEST_REASON = 1000


class Question(Protocol):
    """What a safety rule says and wants answered."""

    code: str
    severity: str


@dataclass(frozen=True)
class Asked[QuestionT: Question]:
    """A question with the answer typed so far."""

    concern: QuestionT
    tag: Tag
    ticked: bool
    reason: str


class AnsweredForm(RecordForm):
    """A form whose page may ask for answers: ticks named `answer`, reasons `reason-<code>`."""

    @property
    def answers(self) -> dict[str, str]:
        """The reason given for each ticked code, "" for none."""
        if not self.is_bound:
            return {}
        return {code: self._reason(code)[:LONGEST_REASON] for code in self.data.getlist("answer")}

    def asked[QuestionT: Question](self, concerns: Iterable[QuestionT]) -> list[Asked[QuestionT]]:
        """The questions for the page; whatever was typed is kept, ticked or not."""
        answers = self.answers
        return [
            Asked(
                concern,
                severity_tag(concern.severity),
                concern.code in answers,
                self._reason(concern.code),
            )
            for concern in concerns
        ]

    def _reason(self, code: str) -> str:
        return str(self.data.get(f"reason-{code}", "")) if self.is_bound else ""
