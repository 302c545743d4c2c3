"""One process that owns database, web server and worker: starts them in order and takes all of them down together."""

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from types import FrameType

from config import local, postgres

GRACE = 15.0
READY_WITHIN = 60.0


class Stop(Exception):
    """Somebody asked for the end."""


class Supervisor:
    """Children by name; none is ever restarted, since an end nobody asked for is news to be seen."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.cluster = None if os.environ.get("DATABASE_URL") else postgres.Cluster(local.data_dir())

    @property
    def url(self) -> str:
        return f"http://{'127.0.0.1' if self.host == '0.0.0.0' else self.host}:{self.port}/"  # noqa: S104

    def start_database(self) -> None:
        if self.cluster is None:
            return
        begun = time.monotonic()
        print("▸ 启动数据库 …", end="", flush=True)
        self.cluster.ensure()
        print(f" {time.monotonic() - begun:.1f} 秒", flush=True)

    def prepare(self) -> None:
        """Migrations, static files and demonstration, in a process of their own under the owning role."""
        subprocess.run([sys.executable, "-m", "config.prepare"], check=True)

    def start(self, name: str, *arguments: str) -> None:
        # A group of its own: Ctrl-C reaches only the supervisor, which then ends all in order. Should the supervisor
        # be killed, the kernel tells them.
        self.children[name] = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "--", sys.executable, *arguments],
            env=os.environ | {"BANGFU_DB_ROLE": "app"},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def refuse_taken_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                raise SystemExit(
                    f"无法使用 {self.host}:{self.port}（{error.strerror}），可换一个端口：make run PORT=8001"
                ) from error

    def start_all(self) -> None:
        begun = time.monotonic()
        print("▸ 启动网页服务和后台任务 …", end="", flush=True)
        workers = os.environ.get("WEB_WORKERS") or "2"
        self.start(
            *("网页服务", "-m", "granian", "--interface", "wsgi", "config.wsgi:application", "--log-level", "warning"),
            *("--host", self.host, "--port", str(self.port), "--workers", workers, "--blocking-threads", "2"),
            # A worker told to end while it still starts misses it; nobody must wait for that one for ever.
            *("--workers-kill-timeout", "5"),
        )
        self.start("后台任务", "manage.py", "worker")
        self.wait_until_served()
        print(f" {time.monotonic() - begun:.1f} 秒", flush=True)

    def wait_until_served(self) -> None:
        deadline = time.monotonic() + READY_WITHIN
        while time.monotonic() < deadline:
            self.refuse_ended()
            try:
                urllib.request.urlopen(self.url, timeout=5).close()  # noqa: S310 - our own address
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise SystemExit(f"网页服务在 {READY_WITHIN:.0f} 秒内没有就绪。")

    def refuse_ended(self) -> None:
        for name, child in self.children.items():
            if (code := child.poll()) is not None:
                raise SystemExit(f"{name}意外结束（{code}），其余进程随之停止。")
        if self.cluster is not None and not self.cluster.kept():
            raise SystemExit(f"数据库意外结束，其余进程随之停止；日志：{self.cluster.log}")

    def watch(self) -> None:
        while True:
            time.sleep(0.5)
            self.refuse_ended()

    def take_down(self) -> None:
        """First those who use the database, then the database."""
        for child in self.children.values():
            with contextlib.suppress(ProcessLookupError):
                child.terminate()
        deadline = time.monotonic() + GRACE
        for child in self.children.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.0, deadline - time.monotonic()))
            # Also what the child itself may have left behind.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        self.children.clear()
        if self.cluster is not None:
            self.cluster.release_and_wait(GRACE)


def _stop(number: int, frame: FrameType | None) -> None:
    # The way down has begun; a second Ctrl-C must not leave half of it undone.
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Stop


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="结对帮扶工作平台：数据库、网页服务和后台任务")
    parser.add_argument("what", choices=["run", "prepare", "serve"])
    parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    options = parser.parse_args(arguments)
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, _stop)

    supervisor = Supervisor(options.host, options.port)
    try:
        if options.what != "prepare":
            supervisor.refuse_taken_port()
        supervisor.start_database()
        if options.what != "serve":
            supervisor.prepare()
        if options.what != "prepare":
            supervisor.start_all()
            print(f"\n就绪：{supervisor.url}\n演示账号列在登录页上。按 Ctrl-C 停止全部。", flush=True)
            supervisor.watch()
    except Stop:
        print("\n正在停止 …", end="", flush=True)
        supervisor.take_down()
        print(" 已停止。", flush=True)
    except postgres.PostgresError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        return error.returncode or 1
    finally:
        supervisor.take_down()
    return 0


if __name__ == "__main__":
    sys.exit(main())
