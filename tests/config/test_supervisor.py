"""Database, web server and worker come and go together, whoever of them ends first."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo
from pytest_django.plugin import DjangoDbBlocker

from config.postgres import DATABASE, OWNER_ROLE, Cluster, wheel_dir
from tests.databases import migrated

ROOT = Path(__file__).parents[2]
PATIENCE = 60


@pytest.fixture(scope="module")
def data_dir(django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    """A data folder whose database has the tables, copied from the tests' own: migrating anew takes long."""
    made = Path(tempfile.mkdtemp(prefix="bangfu-test-", dir="/tmp"))
    cluster = Cluster(made)
    cluster.ensure()
    with django_db_blocker.unblock():
        parameters = connection.get_connection_params() | {"dbname": migrated()}
    wanted = ("host", "port", "user", "password", "dbname")
    source = make_conninfo(**{name: parameters[name] for name in wanted if parameters.get(name)})
    dump = made / "dump"
    run = partial(subprocess.run, check=True)
    run([wheel_dir() / "bin" / "pg_dump", "--format=custom", "--no-owner", f"--file={dump}", f"--dbname={source}"])
    target = make_conninfo(host=str(cluster.sockets), user=OWNER_ROLE, dbname=DATABASE)
    run([wheel_dir() / "bin" / "pg_restore", "--exit-on-error", "--no-owner", f"--dbname={target}", dump])
    cluster.release()
    yield made
    wait_for(lambda: not cluster.kept())
    shutil.rmtree(made)


def environment(data_dir: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "BANGFU_DB_ROLE"}}
    return kept | {"DJANGO_SETTINGS_MODULE": "config.settings", "BANGFU_DATA_DIR": str(data_dir)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def children(pid: int) -> list[int]:
    found = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return found + [grandchild for child in found for grandchild in children(child)]


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


class Serving:
    """A supervisor that serves, with all its processes."""

    def __init__(self, data_dir: Path) -> None:
        self.port = free_port()
        self.cluster = Cluster(data_dir)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.supervisor", "serve", "--port", str(self.port)],
            cwd=ROOT,
            env=environment(data_dir),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout
        said = ""
        while "就绪" not in said:
            line = self.process.stdout.readline()
            assert line, said
            said += line
        self.everybody = children(self.process.pid)

    def child(self, words: str) -> int:
        return next(
            pid for pid in self.everybody if words in Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
        )

    def answers(self) -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=5).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    def all_gone(self) -> bool:
        return not any(map(lives, self.everybody)) and not self.cluster.kept() and not self.cluster._processes()


@pytest.fixture
def serving(data_dir: Path) -> Iterator[Serving]:
    started = Serving(data_dir)
    assert started.answers()
    yield started
    started.process.kill()
    started.process.communicate()
    wait_for(started.all_gone)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_all_end_together_when_asked(serving: Serving, number: signal.Signals):
    serving.process.send_signal(number)
    said, _ = serving.process.communicate(timeout=PATIENCE)
    assert serving.process.returncode == 0
    assert "已停止" in said
    assert serving.all_gone()
    assert not serving.answers()


def test_all_end_when_the_supervisor_is_killed(serving: Serving):
    serving.process.kill()
    wait_for(serving.all_gone)


@pytest.mark.parametrize(
    ("words", "news"),
    [("manage.py worker", "后台任务意外结束"), ("keeper.py", "数据库意外结束"), ("granian", "网页服务意外结束")],
)
def test_all_end_when_one_does_and_it_is_said(serving: Serving, words: str, news: str):
    os.kill(serving.child(words), signal.SIGKILL)
    said, _ = serving.process.communicate(timeout=PATIENCE)
    assert serving.process.returncode == 1
    assert news in said
    wait_for(serving.all_gone)


def test_a_port_in_use_is_told_before_anything_starts(data_dir: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused = subprocess.run(
            [sys.executable, "-m", "config.supervisor", "serve", "--port", port],
            cwd=ROOT,
            env=environment(data_dir),
            capture_output=True,
            text=True,
            check=False,
        )
    assert refused.returncode == 1
    assert f"127.0.0.1:{port}" in refused.stderr
