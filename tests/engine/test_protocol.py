"""The numbers live in the protocol files, and the files are read strictly."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from importlib.resources import files

import pytest

from regimens.engine.protocol import PROTOCOL, read_protocol
from regimens.engine.strictly import ProtocolError


@pytest.fixture
def texts() -> dict[str, str]:
    folder = files("regimens.engine") / "protocols"
    names = ("regimens.toml", "targets.toml", "windows.toml")
    return {name: (folder / name).read_text("utf-8") for name in names}


def _changed(texts: dict[str, str], file: str, old: str, new: str) -> dict[str, str]:
    assert old in texts[file]
    return {**texts, file: texts[file].replace(old, new, 1)}


def test_the_regimens_are_those_of_the_rules() -> None:
    read = {
        code: (one.loading, one.interval, one.options) for code, one in PROTOCOL.regimens.items()
    }

    assert read == {
        "im-neuro": ("neuro", "P2M", ("P2M", "P1M")),
        "im-standard": ("standard", "P3M", ("P3M", "P2M", "P10W", "P12W", "P1M")),
        "im-ileal": ("if-deficient", "P1M", ("P1M",)),
        "im-bariatric": ("if-deficient", None, ("P3M", "P1M")),
        "oral": ("none", None, ()),
    }


def test_each_unit_of_b12_has_its_own_cut_offs() -> None:
    read = {key: (one.deficient_below, one.borderline_to) for key, one in PROTOCOL.b12.items()}

    assert read == {
        ("b12", "pg/mL"): (180, 350),
        ("b12", "ng/L"): (180, 350),
        ("b12", "pmol/L"): (133, 258),
        ("active-b12", "pmol/L"): (25, 70),
    }


def test_loading_gaps_are_days() -> None:
    assert [gap.days for gap in PROTOCOL.standard_gaps] == [2, 2, 3, 2, 2]
    assert timedelta(days=2) == PROTOCOL.neuro_gap


def test_a_decimal_is_read_as_it_is_written() -> None:
    assert PROTOCOL.potassium_below == Decimal("3.5")
    assert isinstance(PROTOCOL.potassium_below, Decimal)


def test_every_number_has_words_and_a_source() -> None:
    assert PROTOCOL.stated["mma_target"].unit == "nmol/L"
    assert all(stated.words and stated.source for stated in PROTOCOL.stated.values())


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("windows.toml", "[early_days]", "[earlydays]", "windows.toml.early_days: missing"),
        ("windows.toml", "[early_days]", "[more]\n[early_days]", "windows.toml.more: unknown"),
        ("targets.toml", "men = 130", "men = 0", "targets.toml.haemoglobin.men: must be a whole"),
        ("targets.toml", "men = 130", "men = true", "targets.toml.haemoglobin.men: must be a"),
        ("targets.toml", "value = 3.5", 'value = "3.5"', "cut_offs.potassium_below.value: must be"),
        ("targets.toml", '"b12 ng/L"', '"b12 mg"', "targets.toml.b12.b12 ng/L: missing"),
        ("targets.toml", "borderline_to = 350", "borderline_to = 180", "must be above deficient"),
        ("regimens.toml", 'loading = "neuro"', 'loading = "fast"', "im-neuro.loading: must be one"),
        ("regimens.toml", 'interval = "P2M"', 'interval = "P6M"', "im-neuro.interval: P6M is not"),
        ("regimens.toml", 'interval = "P2M"', 'interval = "2M"', "im-neuro.interval: must be a"),
        ("regimens.toml", 'interval = "P2M"', "colour = 1", "im-neuro.interval: missing"),
        ("regimens.toml", 'source = "NICE', 'source = ""  #', "im-neuro.source: must be words"),
        ("regimens.toml", "[im-neuro]", "[im-neuro", "regimens.toml: "),
    ],
)
def test_a_file_that_says_something_else_is_refused_by_file_and_key(
    texts: dict[str, str], file: str, old: str, new: str, message: str
) -> None:
    with pytest.raises(ProtocolError) as refused:
        read_protocol(_changed(texts, file, old, new))

    assert message in str(refused.value)


def test_a_missing_file_is_named(texts: dict[str, str]) -> None:
    del texts["targets.toml"]

    with pytest.raises(ProtocolError, match=r"^targets\.toml: missing$"):
        read_protocol(texts)
