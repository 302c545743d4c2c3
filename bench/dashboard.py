"""The engine computing 招远's dashboard against hand-written SQL for the same figures, and the page's own share."""

import datetime as dt
import re
import statistics
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client

from bench._common import in_turn, print_result, print_table
from programs import clock
from programs.figures.context import Context
from programs.figures.parts import blocks_of, evaluate_block, evaluate_part, parts_of
from programs.figures.requirements import evaluate_requirement
from programs.models import Program, User
from reports.boards.dashboard import HEADLINES, requirements_of

RUNS = 25
LIMIT = 1.5
PAGE_LIMIT = 0.060
SQL = Path(__file__).parent / "sql" / "dashboard.sql"


def statements() -> dict[str, str]:
    """The reference's statements by name."""
    parts = re.split(r"^-- name: (\w+)\n", SQL.read_text(encoding="utf-8"), flags=re.M)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def by_hand(program: Program, day: dt.date) -> dict[str, list[Any]]:
    """Every figure by the reference's SQL."""
    found = {}
    with connection.cursor() as cursor:
        for name, sql in statements().items():
            cursor.execute(sql, {"program": program.pk, "day": day})
            found[name] = cursor.fetchall()
    return found


def by_engine(program: Program, user: User) -> dict[str, list[Any]]:
    """Every figure of the page by the engine, in the shape of the reference."""
    context = Context(program, user)
    found: dict[str, list[Any]] = {}
    for part in [part for part in parts_of(context) if part.is_headline][:HEADLINES]:
        result = evaluate_part(part, context)
        if part.measure:
            found[part.measure] = [(result.value,)]
    for requirement in requirements_of(context):
        counts = evaluate_requirement(requirement, context).counts
        found[requirement.code] = [(counts["owed"], counts["done"])]
    for block in blocks_of(context):
        found[block.code] = [bar.value for bar in evaluate_block(block, context).bars]
    return found


def check_equal(ours: dict[str, list[Any]], theirs: dict[str, list[Any]]) -> None:
    """The two must have computed the same thing, or the times mean nothing."""
    for name, rows in theirs.items():
        if name.endswith("_by_town") and name != "findings_by_town":
            expected = [row[2] for row in rows]
        elif name in ours and isinstance(ours[name][0], tuple):
            expected = rows
        elif name.startswith("funds"):
            expected = [row[1] for row in rows]
        else:
            expected = [row[-1] for row in rows]
        if sorted(map(str, expected)) != sorted(map(str, ours[name])):
            raise SystemExit(f"{name}: by hand {expected}, engine {ours[name]}")


def main() -> None:
    """Print the table and the two results."""
    program = Program.objects.select_related("jurisdiction").get(code="zhaoyuan")
    user = User.objects.get(username="xianban")
    day = clock.today(program)
    check_equal(by_engine(program, user), by_hand(program, day))

    client = Client()
    client.force_login(user)
    page = f"/p/{program.code}/dashboard/"
    if client.get(page, headers={"host": "localhost"}).status_code != 200:
        raise SystemExit("the dashboard does not open")
    engine, reference, whole = in_turn(
        RUNS,
        {
            "engine": lambda: by_engine(program, user),
            "hand-written SQL": lambda: by_hand(program, day),
            "whole page": lambda: client.get(page, headers={"host": "localhost"}),
        },
        warm_up=3,
    )
    print_table([engine, reference, whole])
    share = statistics.median(a - b for a, b in zip(whole.seconds, engine.seconds, strict=True))
    print(f"the page's own share: {share * 1000:.1f} ms (at most {PAGE_LIMIT * 1000:.0f} ms)")
    print_result("dashboard", engine, reference, LIMIT)


if __name__ == "__main__":
    main()
