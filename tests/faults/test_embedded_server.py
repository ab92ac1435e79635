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
from embedded import CLIENT, GRACE, WRITER, answer, end, is_in, postmaster, server_processes, start
from processes import kill, processes_of, within

from b12tracker.postgres import watcher
from b12tracker.postgres.binaries import EmbeddedError
from b12tracker.postgres.server import Embedded

pytestmark = pytest.mark.faults


@pytest.fixture
def state() -> Iterator[Path]:
    """A state directory that the server's own account can reach."""
    directory = Path(tempfile.mkdtemp(prefix="b12-fault-"))
    directory.chmod(0o755)
    yield directory / "postgres"
    kill(processes_of(str(directory)))
    shutil.rmtree(directory, ignore_errors=True)


@pytest.mark.parametrize("moment", [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.5])
def test_it_starts_after_a_first_start_that_was_killed(moment: float, state: Path) -> None:
    first = start(CLIENT, state)
    time.sleep(moment)
    kill([first.pid])
    first.communicate()

    second = start(CLIENT, state)

    assert is_in(second)
    assert end(second) == 0


def test_a_stale_pid_that_another_process_has_now_is_not_believed(state: Path) -> None:
    client = start(CLIENT, state)
    assert is_in(client)
    pid_file = state / "data" / "postmaster.pid"
    lines = pid_file.read_text().split("\n")
    kill([*processes_of("watcher.py\0" + str(state)), *server_processes(state), client.pid])
    client.communicate()
    assert Embedded(state).wait_stopped(10)
    bystander = subprocess.Popen(["sleep", "60"])
    pid_file.write_text("\n".join([str(bystander.pid), *lines[1:]]))

    again = start(CLIENT, state)

    assert is_in(again)
    assert postmaster(state) != bystander.pid
    end(again)
    assert Embedded(state).wait_stopped(10)
    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()


def test_the_watcher_signals_nobody_by_an_earlier_servers_pid(tmp_path: Path) -> None:
    bystander = subprocess.Popen(["sleep", "60"])
    pid_file = tmp_path / "postmaster.pid"
    pid_file.write_text(f"{bystander.pid}\n")
    os.utime(pid_file, (0, 0))  # as a starter marks it

    sent = watcher._signal(str(pid_file))

    assert not sent
    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()


@pytest.mark.parametrize("warm", [False, True], ids=["cold", "warm"])
def test_eight_that_start_at_once_are_all_in_one_server(warm: bool, state: Path) -> None:
    if warm:
        assert end(start(CLIENT, state)) == 0
        assert Embedded(state).wait_stopped(20)

    clients = [start(CLIENT, state) for _ in range(8)]

    answers = [answer(client) for client in clients]
    assert answers[0].startswith("in "), answers[0]
    assert set(answers) == {answers[0]}
    assert [end(client) for client in clients] == [0] * 8
    assert Embedded(state).wait_stopped(10)


def test_the_server_goes_when_all_its_clients_are_killed(state: Path) -> None:
    clients = [start(CLIENT, state) for _ in range(3)]
    assert all(is_in(client) for client in clients)

    kill([client.pid for client in clients])

    assert Embedded(state).wait_stopped(10)
    assert within(5, lambda: processes_of(str(state)) == [])


def test_it_stays_while_one_client_is_left(state: Path) -> None:
    leaver, stayer = start(CLIENT, state), start(CLIENT, state)
    assert is_in(leaver) and is_in(stayer)

    kill([leaver.pid])
    time.sleep(5 * GRACE)

    assert Embedded(state).answers()
    end(stayer)


def test_the_next_client_puts_right_that_the_watcher_was_killed(state: Path) -> None:
    first = start(CLIENT, state)
    assert is_in(first)
    kill(processes_of("watcher.py\0" + str(state)))
    kill([first.pid])

    second = start(CLIENT, state)

    assert is_in(second)
    end(second)
    assert Embedded(state).wait_stopped(10)


@pytest.mark.parametrize("whom", ["postmaster", "everything"])
def test_no_acknowledged_row_is_lost_when_the_server_is_killed(whom: str, state: Path) -> None:
    server = Embedded(state, grace=GRACE).ensure()
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute("create table kept (number bigint primary key)")
    writers = [start(WRITER, state, str(number)) for number in (1, 2)]

    for _ in range(4):
        time.sleep(0.7)
        pids = server_processes(state)
        kill(pids[:1] if whom == "postmaster" else pids)
        server.ensure()
    time.sleep(0.7)

    acknowledged = _end_writers(writers)
    server.ensure()
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


def test_the_server_runs_from_its_own_copy_of_the_programs(state: Path) -> None:
    client = start(CLIENT, state)
    assert is_in(client)

    program = os.readlink(f"/proc/{postmaster(state)}/exe")

    assert Path(program).is_relative_to(state)
    assert end(client) == 0  # which also looked that the wheel's own code was not imported


def test_the_socket_moves_to_a_private_place_when_the_path_is_long(state: Path) -> None:
    long = state.parent / ("long" * 30) / "postgres"
    long.parent.mkdir()

    client = start(CLIENT, long)

    assert is_in(client)
    sockets = Embedded(long).socket_dir()
    assert len(str(sockets)) < 60
    assert os.stat(sockets).st_mode & 0o077 == 0
    end(client)
    assert Embedded(long).wait_stopped(10)
    shutil.rmtree(sockets)


@pytest.mark.parametrize("name", ['a"b', "a$b", "a,b", "a;b", "a`b", "a\\b"])
def test_a_path_that_postgresql_cannot_quote_is_refused_in_words(name: str) -> None:
    with pytest.raises(EmbeddedError, match="B12_STATE"):
        Embedded(Path("/tmp") / name)


def test_a_path_with_a_blank_and_an_accent_works(state: Path) -> None:
    place = state.parent / "Clínica St John's"

    client = start(CLIENT, place)

    assert is_in(client)
    end(client)


def test_a_directory_that_somebody_else_made_for_the_socket_is_refused(state: Path) -> None:
    state.mkdir(parents=True)
    (state / "run").mkdir(mode=0o777)
    (state / "run").chmod(0o777)

    with pytest.raises(EmbeddedError, match="not this program's own"):
        Embedded(state).ensure()
