"""The engine stands alone: no Django, no database, no clock."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "regimens" / "engine").glob("*.py"))
FOREIGN = ("django", "psycopg", "pghistory", "django_q", "reportlab")
CLOCKS = frozenset({"today", "now", "utcnow", "time", "localtime", "monotonic"})


def test_the_engine_loads_without_the_product() -> None:
    program = (
        "import pkgutil, importlib, sys, regimens.engine as engine\n"
        "for module in pkgutil.iter_modules(engine.__path__, 'regimens.engine.'):\n"
        "    importlib.import_module(module.name)\n"
        f"print([name for name in {FOREIGN!r} if name in sys.modules])\n"
    )

    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60
    )

    assert (ran.stdout, ran.stderr) == ("[]\n", "")


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_no_module_of_the_engine_asks_a_clock(source: Path) -> None:
    calls = [
        node.func
        for node in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]

    assert [f"line {call.lineno}" for call in calls if call.attr in CLOCKS] == []
