"""How stories are collected: what happened to whom, by age and, where it matters, sex."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from regimens.demo.teller import Teller


@dataclass(frozen=True)
class Story:
    """One patient's story, and what it asks of the person it happens to."""

    tell: Callable[[Teller], None]
    age: int
    sex: str | None


class Stories(list[Story]):
    """A collection of stories."""

    def story(
        self, *, age: int, sex: str | None = None
    ) -> Callable[[Callable[[Teller], None]], Callable[[Teller], None]]:
        """Take a function in as the story of somebody so old."""

        def take(tell: Callable[[Teller], None]) -> Callable[[Teller], None]:
            self.append(Story(tell, age, sex))
            return tell

        return take
