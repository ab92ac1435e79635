"""The embedded server under every blow that was thought of, with real processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from embedded import CLIENT, WRITER, answer, end, kill, server_pids, start, within

from b12tracker.postgres.binaries import EmbeddedError
from b12tracker.postgres.server import Embedded

pytestmark = pytest.mark.faults


@pytest.fixture
def state() -> Iterator[Path]:
    """A state directory that the server's own account can reach."""
    directory = Path(tempfile.mkdtemp(prefix="b12-fault-"))
    directory.chmod(0o755)
    yield directory / "postgres"
    kill(server_pids(directory / "postgres"))
    shutil.rmtree(directory, ignore_errors=True)


@pytest.mark.parametrize("moment", [0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2])
def test_it_starts_after_a_first_start_that_was_killed(moment: float, state: Path) -> None:
    first = start(CLIENT, state)
    time.sleep(moment)
    kill([first.pid])
    first.communicate()

    second = start(CLIENT, state)

    assert answer(second) == "42"
    end(second)


def test_a_stale_pid_that_another_process_has_now_is_not_believed(state: Path) -> None:
    client = start(CLIENT, state)
    assert answer(client) == "42"
    pids = server_pids(state)
    data = state / "data" / "postmaster.pid"
    lines = data.read_text().split("\n")
    kill([*pids, client.pid])
    assert within(10, lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids[:1]))
    bystander = subprocess.Popen(["sleep", "60"])
    data.write_text("\n".join([str(bystander.pid), *lines[1:]]))

    again = start(CLIENT, state)

    assert answer(again) == "42"
    assert bystander.poll() is None
    end(again)
    bystander.kill()
    bystander.wait()


@pytest.mark.parametrize("warm", [False, True], ids=["cold", "warm"])
def test_eight_that_start_at_once_all_get_in(warm: bool, state: Path) -> None:
    if warm:
        end(start(CLIENT, state))
        Embedded(state).wait_stopped(20)

    clients = [start(CLIENT, state) for _ in range(8)]

    assert [answer(client) for client in clients] == ["42"] * 8
    for client in clients:
        end(client)


def test_the_server_goes_when_all_its_clients_are_killed(state: Path) -> None:
    clients = [start(CLIENT, state) for _ in range(3)]
    assert [answer(client) for client in clients] == ["42"] * 3

    kill([client.pid for client in clients])

    assert Embedded(state).wait_stopped(10)


def test_it_stays_while_one_client_is_left(state: Path) -> None:
    leaver, stayer = start(CLIENT, state), start(CLIENT, state)
    assert [answer(leaver), answer(stayer)] == ["42", "42"]

    kill([leaver.pid])
    time.sleep(1)

    assert Embedded(state).answers()
    end(stayer)


@pytest.mark.parametrize("whom", ["postmaster", "everything"])
def test_no_acknowledged_row_is_lost_when_the_server_is_killed(whom: str, state: Path) -> None:
    server = Embedded(state, grace=0.2).ensure()
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute("create table kept (number bigint primary key)")
    writers = [start(WRITER, state, str(number)) for number in (1, 2)]

    for _ in range(4):
        time.sleep(0.6)
        pids = server_pids(state)
        kill(pids[:1] if whom == "postmaster" else pids)
        server.release()
        server.ensure()
    time.sleep(0.5)

    acknowledged = _end_writers(writers)
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        kept = {row[0] for row in connection.execute("select number from kept")}
    server.release()
    assert len(acknowledged) > 100
    assert acknowledged - kept == set()


def _end_writers(writers: list[subprocess.Popen[str]]) -> set[int]:
    said: set[int] = set()
    for writer in writers:
        writer.kill()
        output, _ = writer.communicate()
        # The last line may be cut off by the kill: it was not fully said.
        said |= {int(line) for line in output.split("\n")[:-1]}
    return said


def test_the_socket_moves_to_a_private_place_when_the_path_is_long(state: Path) -> None:
    long = state.parent / ("long" * 30) / "postgres"
    long.parent.mkdir()

    client = start(CLIENT, long)

    assert answer(client) == "42"
    sockets = Embedded(long).socket_dir()
    assert len(str(sockets)) < 60
    assert os.stat(sockets).st_mode & 0o077 == 0
    end(client)


@pytest.mark.parametrize("name", ['a"b', "a$b", "a,b", "a;b", "a`b", "a\\b"])
def test_a_path_that_postgresql_cannot_quote_is_refused_in_words(name: str) -> None:
    with pytest.raises(EmbeddedError, match="B12_STATE"):
        Embedded(Path("/tmp") / name)


def test_a_path_with_a_blank_and_an_accent_works(state: Path) -> None:
    place = state.parent / "Clínica St John's"

    client = start(CLIENT, place)

    assert answer(client) == "42"
    end(client)


def test_a_directory_that_somebody_else_made_for_the_socket_is_refused(state: Path) -> None:
    state.mkdir(parents=True)
    (state / "run").mkdir(mode=0o777)
    (state / "run").chmod(0o777)

    with pytest.raises(EmbeddedError, match="not this program's own"):
        Embedded(state).ensure()
