"""Refusals, each with the sentence that the user reads."""

from __future__ import annotations


class Refused(Exception):
    """A change that must not be made, with the sentence the user reads.

    `field` names the form field it is about, or is None for the whole form.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Stale(Refused):
    """The record changed after the form was opened."""

    def __init__(self) -> None:
        super().__init__(
            "This record was changed by somebody else after you opened this page. "
            "Nothing has been saved yet. What you typed is still here: check it against "
            "the record as it is now, then save again."
        )


class Reused(Refused):
    """The form's key was used up by another deed, or on another record."""

    def __init__(self) -> None:
        super().__init__(
            "This form was already used for something else, so nothing has been saved. "
            "Open the page again and enter it there."
        )


class AlreadyDone(Exception):
    """The same form was carried out before; `object_id` is what it made."""

    def __init__(self, object_id: str) -> None:
        super().__init__("already done")
        self.object_id = object_id
