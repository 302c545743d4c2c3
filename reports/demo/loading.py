"""Loading demonstration programs: once, all or nothing, with a line for each step."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.db import connection, transaction
from django.utils import timezone

from programs.divisions import DEMO_DIVISIONS, import_divisions
from programs.models import Division, Program
from programs.refusals import Refusal
from reports.demo.baoxing import build as baoxing
from reports.demo.reset import remove_program
from reports.demo.sansong import build as sansong
from reports.demo.zhaoyuan import build as zhaoyuan

#: Code → the module that builds it: ``STEPS``, and ``new_world`` for them to fill.
DEMONSTRATIONS = {"zhaoyuan": zhaoyuan, "baoxing": baoxing, "sansong": sansong}

Progress = Callable[[str], None]


class NotADemonstration(Refusal):
    """A real program bears the demonstration's code."""


def load(code: str, *, reset: bool = False, with_password: bool, progress: Progress) -> bool:
    """Load a demonstration program unless it is there; False if it was. ``reset`` removes and makes it anew.

    Only ``with_password`` gives its accounts their well-known password; otherwise nobody can sign in with them yet.
    """
    builder = DEMONSTRATIONS[code]
    program = Program.objects.filter(code=code).first()
    if program is not None and not program.is_demonstration:
        raise NotADemonstration(f"代号“{code}”已被正式活动“{program}”使用，没有装载演示数据。")
    if program is not None and not reset:
        return False
    began = time.monotonic()

    def told(message: str) -> None:
        progress(f"[{time.monotonic() - began:5.1f}秒] {message}")

    if not Division.objects.filter(code=builder.JURISDICTION).exists():
        told("行政区划")
        import_divisions(DEMO_DIVISIONS, on=timezone.localdate())
    with transaction.atomic():
        own_accounts = set()
        if program is not None:
            own_accounts = {account["username"] for account in program.settings.get("demo_accounts", [])}
            told("清除上次装载的内容")
            remove_program(program)
        world = builder.new_world(with_password=with_password, own_accounts=own_accounts)
        for title, step in builder.STEPS:
            told(title)
            step(world)
    # Without fresh statistics the first pages after a load would be planned as if the tables were empty.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    told("完成")
    return True
