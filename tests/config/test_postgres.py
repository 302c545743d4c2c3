"""The embedded PostgreSQL survives what happens to it: crashes, odd folders, several users, several processes."""

import fcntl
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import psycopg
import pytest

from config.postgres import APP_ROLE, LONGEST_SOCKET, Cluster, PostgresError, wheel_dir

ROOT = Path(__file__).parents[2]
AS_ROOT = os.geteuid() == 0
# Keeps the server for as long as its standard input stays open, and says when it has it.
USER = """
import sys
from pathlib import Path
from config.postgres import Cluster
cluster = Cluster(Path(sys.argv[1]))
cluster.ensure()
with cluster.connect("postgres", "postgres") as connection:
    print(connection.execute("SELECT pg_postmaster_start_time()").fetchone()[0], flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the server's user can pass through, unlike pytest's own."""
    made = Path(tempfile.mkdtemp(prefix="bangfu-test-", dir="/tmp"))
    if AS_ROOT:
        made.chmod(0o711)
    yield made
    for keeper_lock in made.glob("**/postgres/keeper.lock"):
        cluster = Cluster(keeper_lock.parents[1])
        wait_until_stopped(cluster)
        if made not in cluster.sockets.parents:
            cluster.sockets.rmdir()
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def pristine() -> Iterator[Path]:
    """A fresh cluster's data, made once; a test is about processes and must not wait for the disk."""
    made = Path(tempfile.mkdtemp(prefix="bangfu-test-", dir="/tmp"))
    cluster = Cluster(made)
    cluster.ensure()
    cluster.release()
    wait_until_stopped(cluster)
    with (cluster.pgdata / "postgresql.conf").open("a") as conf:
        conf.write("fsync = off\n")
    yield cluster.pgdata
    shutil.rmtree(made)


def put_into(cluster: Cluster, pristine: Path) -> Cluster:
    cluster._make_folders()
    subprocess.run(["cp", "-a", str(pristine), str(cluster.pgdata)], check=True)
    return cluster


@pytest.fixture
def cluster(folder: Path, pristine: Path) -> Iterator[Cluster]:
    made = put_into(Cluster(folder / "data"), pristine)
    yield made
    made.release()


class User:
    """A process that uses the server of a data folder."""

    def __init__(self, data_dir: Path, prefix: Sequence[str] = (), **environment: str) -> None:
        self.process = subprocess.Popen(
            [*prefix, sys.executable, "-c", USER, str(data_dir)],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def server_started_at(self) -> str:
        assert self.process.stdout
        assert self.process.stderr
        if line := self.process.stdout.readline().strip():
            return line
        raise AssertionError(self.process.stderr.read())

    def leave(self) -> None:
        self.process.communicate()
        assert self.process.returncode == 0

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


def wait_until_stopped(cluster: Cluster) -> None:
    with cluster.keeper_lock.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
    assert not cluster._processes()


def keeper_of(cluster: Cluster) -> int:
    return int(cluster.keeper_lock.read_text())


def postmaster_of(cluster: Cluster) -> int:
    return int((cluster.pgdata / "postmaster.pid").read_text().split()[0])


def write_down(cluster: Cluster) -> None:
    with cluster.connect() as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")


def assert_still_there(cluster: Cluster) -> None:
    with cluster.connect() as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (1,)


def test_starts_for_the_first_and_stops_after_the_last(cluster: Cluster):
    first, second = User(cluster.data_dir), User(cluster.data_dir)
    assert first.server_started_at() == second.server_started_at()
    first.leave()
    assert cluster.kept()
    second.leave()
    wait_until_stopped(cluster)
    cluster.ensure()
    cluster.release_and_wait(10)
    assert not cluster.kept()


def test_a_killed_user_does_not_leave_the_server_behind(cluster: Cluster):
    user = User(cluster.data_dir)
    user.server_started_at()
    user.kill()
    wait_until_stopped(cluster)


def test_a_killed_keeper_takes_the_server_along_and_the_next_start_recovers(cluster: Cluster):
    cluster.ensure()
    write_down(cluster)
    os.kill(keeper_of(cluster), signal.SIGKILL)
    cluster.release()
    again = Cluster(cluster.data_dir)
    again.ensure()
    assert_still_there(again)
    again.release()


def test_a_crash_of_everything_leaves_a_stale_pid_file_that_does_no_harm(cluster: Cluster):
    cluster.ensure()
    write_down(cluster)
    os.kill(keeper_of(cluster), signal.SIGSTOP)
    os.kill(postmaster_of(cluster), signal.SIGKILL)
    os.kill(keeper_of(cluster), signal.SIGKILL)
    cluster.release()
    assert (cluster.pgdata / "postmaster.pid").exists()
    again = Cluster(cluster.data_dir)
    again.ensure()
    assert_still_there(again)
    again.release()


def test_a_pid_that_another_process_has_by_now_is_not_mistaken_for_the_server(cluster: Cluster):
    cluster.ensure()
    write_down(cluster)
    pid_file = cluster.pgdata / "postmaster.pid"
    lock_file = cluster.sockets / ".s.PGSQL.5432.lock"
    left = {path: path.read_text() for path in (pid_file, lock_file)}
    number = str(postmaster_of(cluster))
    cluster.release()
    wait_until_stopped(cluster)
    with subprocess.Popen(cluster._command("sleep", "600")) as stranger:
        for path, text in left.items():
            path.write_text(text.replace(number, str(stranger.pid), 1))
            os.chown(path, cluster.server_user.pw_uid, cluster.server_user.pw_gid)
        cluster.ensure()
        assert_still_there(cluster)
        assert stranger.poll() is None
        stranger.kill()


def test_an_interrupted_first_start_is_done_again(folder: Path):
    cluster = Cluster(folder / "data")
    cluster._make_folders()
    (cluster.home / "data.partial").mkdir()
    (cluster.home / "data.partial" / "PG_VERSION").write_text("18\n")
    cluster.ensure()
    write_down(cluster)
    cluster.release()


def test_a_server_that_cannot_start_says_why(cluster: Cluster):
    cluster.ensure()
    cluster.release()
    wait_until_stopped(cluster)
    (cluster.pgdata / "global" / "pg_control").unlink()
    with pytest.raises(PostgresError, match="pg_control"):
        cluster.ensure()


@pytest.mark.parametrize("name", ["with a space", "quote\"'and,comma", "数据"])
def test_odd_names_of_folders(folder: Path, name: str):
    cluster = Cluster(folder / name)
    cluster.ensure()
    write_down(cluster)
    cluster.release()


def test_a_path_too_long_for_a_socket_moves_it_to_a_private_folder(folder: Path, pristine: Path):
    cluster = put_into(Cluster(folder / ("long" * 40)), pristine)
    cluster.ensure()
    write_down(cluster)
    assert len(os.fsencode(cluster.sockets / ".s.PGSQL.5432")) <= LONGEST_SOCKET
    found = cluster.sockets.lstat()
    assert stat.S_IMODE(found.st_mode) == 0o700
    assert found.st_uid == cluster.server_user.pw_uid
    cluster.release()


def test_a_socket_folder_that_somebody_else_put_there_is_refused(folder: Path):
    cluster = Cluster(folder / ("long" * 40))
    cluster.sockets.symlink_to(folder)
    try:
        with pytest.raises(PostgresError, match="0700"):
            cluster.ensure()
    finally:
        cluster.sockets.unlink()


def test_a_locale_that_is_not_installed_does_not_matter(cluster: Cluster):
    user = User(cluster.data_dir, LC_ALL="zz_ZZ.UTF-8", LANG="zz_ZZ")
    user.server_started_at()
    with cluster.connect() as connection:
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert connection.execute("SELECT upper('é') = 'É'").fetchone() == (True,)
    user.leave()


def test_many_at_once_on_a_fresh_folder_get_one_server(folder: Path):
    cluster = Cluster(folder / "data")
    users = [User(cluster.data_dir) for _ in range(4)]
    assert len({user.server_started_at() for user in users}) == 1
    for user in users:
        user.leave()


def test_leaving_and_coming_at_the_same_time(cluster: Cluster):
    for _ in range(3):
        user = User(cluster.data_dir)
        user.server_started_at()
        user.process.stdin.close()
        cluster.ensure()
        cluster.connect(user=APP_ROLE).close()
        user.process.wait()
        cluster.release()


def test_programs_copied_beside_the_data_run_there(cluster: Cluster):
    """For a server's user who cannot reach the virtual environment."""
    copied = cluster._copied_programs(wheel_dir())
    assert cluster.data_dir in copied.parents
    cluster.binaries = copied
    cluster.ensure()
    assert Path(os.readlink(f"/proc/{postmaster_of(cluster)}/exe")) == copied / "postgres"
    libraries = Path(f"/proc/{postmaster_of(cluster)}/maps").read_text()
    assert str(cluster.data_dir) in libraries
    assert str(wheel_dir().parent.parent) not in libraries
    cluster.release()


def test_nothing_is_open_to_the_network_or_without_proof_of_who_one_is(cluster: Cluster):
    cluster.ensure()
    with cluster.connect("postgres", "postgres") as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        rules = connection.execute("SELECT type, auth_method FROM pg_hba_file_rules").fetchall()
    assert rules == [("local", "peer")]


if AS_ROOT:
    NOBODY = pwd.getpwnam("nobody")

    def become_nobody() -> list[str]:
        """The command that runs another as nobody, who may have to read a virtual environment in root's home."""
        switch = ["setpriv", "--reuid", str(NOBODY.pw_uid), "--regid", str(NOBODY.pw_gid), "--clear-groups"]
        reachable = all(
            subprocess.run([*switch, "sh", "-c", 'test -r "$0"', str(path)], check=False).returncode == 0
            for path in (Path(sys.executable).resolve(), ROOT / "manage.py", Path(psycopg.__file__))
        )
        return (
            switch if reachable else [*switch, "--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search"]
        )

    def test_root_does_not_run_the_server_itself_and_leaves_the_folders_above_alone(folder: Path, pristine: Path):
        above = folder / "above"
        above.mkdir(mode=0o755)
        before = [path.stat().st_mode for path in (above, folder, folder.parent)]
        cluster = put_into(Cluster(above / "data"), pristine)
        cluster.ensure()
        server = Path(f"/proc/{postmaster_of(cluster)}")
        assert server.stat().st_uid == cluster.server_user.pw_uid != 0
        assert [path.stat().st_mode for path in (above, folder, folder.parent)] == before
        cluster.release()
        wait_until_stopped(cluster)

    def test_root_is_told_when_the_servers_user_cannot_reach_the_folder(folder: Path):
        closed = folder / "closed"
        closed.mkdir(mode=0o700)
        with pytest.raises(PostgresError, match="BANGFU_DATA_DIR"):
            Cluster(closed / "data").ensure()
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700

    def test_first_root_and_then_a_user_each_in_a_folder_of_their_own(cluster: Cluster, folder: Path):
        cluster.ensure()
        users_own = folder / "users"
        users_own.mkdir(mode=0o700)
        os.chown(users_own, NOBODY.pw_uid, NOBODY.pw_gid)
        user = User(users_own, prefix=become_nobody())
        user.server_started_at()
        assert Cluster(users_own).kept()
        user.leave()

    def test_first_root_and_then_the_user_whose_folder_it_is(folder: Path):
        users_own = folder / "users"
        users_own.mkdir(mode=0o700)
        os.chown(users_own, NOBODY.pw_uid, NOBODY.pw_gid)
        by_root = Cluster(users_own)
        by_root.ensure()
        write_down(by_root)
        user = User(users_own, prefix=become_nobody())
        user.server_started_at()
        by_root.release()
        user.leave()
        wait_until_stopped(by_root)
        user = User(users_own, prefix=become_nobody())
        user.server_started_at()
        assert_still_there(by_root)
        user.leave()

    def test_another_user_of_the_machine_gets_in_nowhere(folder: Path, pristine: Path):
        other = pwd.getpwnam("daemon")
        switch = ["setpriv", "--reuid", str(other.pw_uid), "--regid", str(other.pw_gid), "--clear-groups"]
        for cluster in (Cluster(folder / "data"), Cluster(folder / ("long" * 40))):
            put_into(cluster, pristine).ensure()
            psql = [*switch, str(cluster.binaries / "psql"), "-h", str(cluster.sockets), "-U", "postgres", "postgres"]
            refused = subprocess.run([*psql, "-c", "SELECT 1"], capture_output=True, text=True, check=False)
            assert refused.returncode != 0
            assert "denied" in refused.stderr
            # Even with the folder open, the kernel says who one is.
            cluster.sockets.chmod(0o711)
            if cluster.home not in cluster.sockets.parents:
                (cluster.sockets / ".s.PGSQL.5432").chmod(0o777)
                refused = subprocess.run([*psql, "-c", "SELECT 1"], capture_output=True, text=True, check=False)
                assert "Peer authentication failed" in refused.stderr
            cluster.sockets.chmod(0o700)
            cluster.release()
