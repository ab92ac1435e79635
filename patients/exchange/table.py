"""A file of delimited text as rows: which encoding, which delimiter, which columns."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

DELIMITERS = (",", ";")


class Unreadable(Exception):
    """The file as a whole cannot be read; says why in one sentence."""


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell, or in one row where `column` is empty; the header is row 1."""

    row: int
    column: str
    what: str

    def __str__(self) -> str:
        return f"row {self.row}{', ' if self.column else ''}{self.column}: {self.what}"


@dataclass
class Table:
    """The text of a file in rows, and how it was read."""

    encoding: str
    delimiter: str
    columns: list[str]
    faults: list[Fault] = field(default_factory=list)
    _text: str = ""

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row with its number and its cells by column; ragged rows become faults."""
        reader = csv.reader(io.StringIO(self._text, newline=""), delimiter=self.delimiter)
        next(reader)
        for number, cells in enumerate(reader, 2):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(self.columns):
                says = f"has {len(cells)} cells where the first row names {len(self.columns)}"
                self.faults.append(Fault(number, "", says))
                continue
            yield number, dict(zip(self.columns, map(str.strip, cells), strict=True))


def open_table(path: Path) -> Table:
    """Read a file of text with its first row as names of columns; raises `Unreadable`."""
    text, encoding = decode(path.read_bytes())
    if "\0" in text:
        raise Unreadable("This is not a text file. Save the table as CSV first.")
    first = next(iter(text.splitlines()), "")
    delimiter = max(DELIMITERS, key=lambda mark: len(_cells(first, mark)))
    columns = _cells(first, delimiter)
    if not any(columns):
        raise Unreadable("The file is empty: its first row must name the columns.")
    if doubled := [name for name, count in Counter(columns).items() if count > 1]:
        raise Unreadable(f"The column {doubled[0]!r} is there twice; it is not clear which counts.")
    return Table(encoding, delimiter, columns, _text=text)


def decode(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: UTF-8, with or without a mark, else Latin-1."""
    if content.startswith(codecs.BOM_UTF8):
        content = content[len(codecs.BOM_UTF8) :]
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return content.decode("latin-1"), "Latin-1"


def _cells(line: str, delimiter: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
