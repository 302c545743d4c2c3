"""Loading demonstration programs: once, all or nothing, with a line for each step."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from programs.divisions import DEMO_DIVISIONS, import_divisions
from programs.models import Division, Program
from programs.refusals import Refusal
from reports.demo import process
from reports.demo.baoshan import build as baoshan
from reports.demo.baoxing import build as baoxing
from reports.demo.base import administrator
from reports.demo.lvyuan import build as lvyuan
from reports.demo.reset import remove_program
from reports.demo.sansong import build as sansong
from reports.demo.zhaoyuan import build as zhaoyuan

#: Code → the module that builds it: ``STEPS``, and ``new_world`` for them to fill.
DEMONSTRATIONS = {"zhaoyuan": zhaoyuan, "lvyuan": lvyuan, "baoxing": baoxing, "sansong": sansong, "baoshan": baoshan}

Progress = Callable[[str], None]
PROCESSES = min(2, os.cpu_count() or 1)


class NotADemonstration(Refusal):
    """A real program bears the demonstration's code."""


class LoadingFailed(Refusal):
    """Some of several demonstrations could not be loaded; the others are there."""


def load(
    code: str,
    *,
    reset: bool = False,
    with_password: bool,
    progress: Progress,
    own_accounts: frozenset[str] = frozenset(),
) -> bool:
    """Load a demonstration program unless it is there; False if it was. ``reset`` removes and makes it anew.

    Only ``with_password`` gives its accounts their well-known password; otherwise nobody can sign in with them yet.
    ``own_accounts`` have just been made for it.
    """
    loaded = load_one(code, reset, with_password, progress, own_accounts)
    if loaded:
        _refresh_statistics()
    return loaded


def load_all(codes: Sequence[str], *, reset: bool = False, with_password: bool, progress: Progress) -> None:
    """Load several demonstrations, each in a transaction of its own, two at a time in processes of their own.

    Says of each in the end whether it was loaded or had been before. Raises LoadingFailed when one could not be.
    """
    waiting = [code for code in codes if _is_to_load(code, reset=reset)]
    for code in codes:
        if code not in waiting:
            progress(f"{code}：已装载")
    if len(waiting) < 2:
        for code in waiting:
            load(code, reset=reset, with_password=with_password, progress=progress)
            progress(f"{code}：装载完毕")
        return
    # What all of them share is made first, so that none waits for another.
    for code in waiting:
        _import_divisions(code, progress)
    shared: set[str] = set()
    administrator(shared)
    failures = _in_processes(waiting, reset, with_password, frozenset(shared), progress)
    _refresh_statistics()
    if failures:
        raise LoadingFailed("\n".join(f"{code}：{reason}" for code, reason in failures.items()))


def _is_to_load(code: str, *, reset: bool) -> bool:
    program = Program.objects.filter(code=code).first()
    if program is not None and not program.is_demonstration:
        raise NotADemonstration(f"代号“{code}”已被正式活动“{program}”使用，没有装载演示数据。")
    return program is None or reset


def _import_divisions(code: str, progress: Progress) -> None:
    if not Division.objects.filter(code=DEMONSTRATIONS[code].JURISDICTION).exists():
        progress("行政区划")
        import_divisions(DEMO_DIVISIONS, on=timezone.localdate())


def load_one(code: str, reset: bool, with_password: bool, progress: Progress, own_accounts: frozenset[str]) -> bool:
    """Load one demonstration in this process and in one transaction; statistics are left to the caller."""
    if not _is_to_load(code, reset=reset):
        return False
    builder = DEMONSTRATIONS[code]
    began = time.monotonic()

    def told(message: str) -> None:
        progress(f"[{time.monotonic() - began:5.1f}秒] {message}")

    _import_divisions(code, told)
    with transaction.atomic():
        own = set(own_accounts)
        program = Program.objects.filter(code=code).first()
        if program is not None:
            own |= {account["username"] for account in program.settings.get("demo_accounts", [])}
            told("清除上次装载的内容")
            remove_program(program)
        world = builder.new_world(with_password=with_password, own_accounts=own)
        for title, step in builder.STEPS:
            told(title)
            step(world)
    told("完成")
    return True


def _refresh_statistics() -> None:
    # Without fresh statistics the first pages after a load would be planned as if the tables were empty.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _in_processes(
    codes: Sequence[str], reset: bool, with_password: bool, own_accounts: frozenset[str], progress: Progress
) -> dict[str, str]:
    """Load each in a process; gives why those failed that did. The first gets the accounts made for all."""
    spawn = multiprocessing.get_context("spawn")
    database = connection.settings_dict["NAME"]
    failures: dict[str, str] = {}
    queue = [(code, own_accounts if code == codes[0] else frozenset()) for code in codes]
    running: dict[Connection, tuple[str, Any]] = {}
    while queue or running:
        while queue and len(running) < PROCESSES:
            code, own = queue.pop(0)
            ours, theirs = spawn.Pipe(duplex=False)
            args = (theirs, database, code, reset, with_password, own)
            child = spawn.Process(target=process.run, args=args, daemon=True)
            child.start()
            theirs.close()
            running[ours] = (code, child)
        for pipe in multiprocessing.connection.wait(list(running)):
            assert isinstance(pipe, Connection)
            code, child = running[pipe]
            try:
                kind, message = pipe.recv()
            except EOFError:
                child.join()
                del running[pipe]
                if child.exitcode:
                    failures.setdefault(code, "装载进程意外结束，请查看上面的错误。")
                continue
            if kind == "failed":
                failures[code] = message
            else:
                progress(f"{code} {message}" if kind == "step" else f"{code}：装载完毕")
    return failures
