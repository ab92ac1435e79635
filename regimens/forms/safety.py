"""Answers to the safety rules, which come with a form beside its own fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.http import QueryDict

from patients.forms.base import RecordForm
from regimens.presenters import Tag, severity_tag

LONGEST_REASON = 1000


class Question(Protocol):
    """What a safety rule says and wants answered."""

    @property
    def code(self) -> str: ...

    @property
    def severity(self) -> str: ...


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
        codes = self.data.getlist("answer") if isinstance(self.data, QueryDict) else []
        return {str(code): self._reason(str(code))[:LONGEST_REASON] for code in codes}

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
