"""The engine as a command: a case, or a list of them, in; the assessment out.

    python -m regimens.engine < case.json
    python -m regimens.engine --schema

Exit 0 with JSON on standard output; exit 2 with one line per fault on
standard error, each beginning with the JSON path, and nothing on standard
output.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from regimens.engine.assess import assess
from regimens.engine.kinds import Fault
from regimens.engine.output import as_dict
from regimens.engine.parse import Case, CaseFaults, parse_case, parse_json
from regimens.engine.schema import case_schema


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; answer its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m regimens.engine",
        description="Assess a case, or a list of cases, read as JSON from standard input.",
    )
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of a case")
    if parser.parse_args(arguments).schema:
        _write(case_schema())
        return 0
    try:
        _write(_answer(sys.stdin.buffer.read()))
    except CaseFaults as faulty:
        _tell(faulty.faults)
        return 2
    return 0


def _answer(text: bytes) -> object:
    given = parse_json(text)
    if not isinstance(given, list):
        return _assessed(parse_case(given))
    return [_assessed(case) for case in _parse_all(given)]


def _parse_all(given: list[object]) -> list[Case]:
    """Every case of a list; the faults of all are told together."""
    cases: list[Case] = []
    faults: list[Fault] = []
    for i, obj in enumerate(given):
        try:
            cases.append(parse_case(obj, f"[{i}]"))
        except CaseFaults as faulty:
            faults += faulty.faults
    if faults:
        raise CaseFaults(faults)
    return cases


def _assessed(case: Case) -> object:
    return as_dict(assess(case.facts, case.today, case.policy))


def _write(value: object) -> None:
    """JSON in UTF-8; half of a surrogate pair, which JSON can hold and UTF-8 cannot, escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))


def _tell(faults: list[Fault]) -> None:
    lines = "".join(f"{fault}\n" for fault in faults)
    sys.stderr.buffer.write(lines.encode("utf-8", "backslashreplace"))


if __name__ == "__main__":
    sys.exit(main())
