"""绿园's dashboard, its week's absentees and one cadre's page at full size: the engine against hand-written SQL."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench._common import in_turn, print_result, print_table
from programs import clock
from programs.figures.context import Context
from programs.figures.parts import blocks_of, evaluate_block, evaluate_part, measured, parts_of
from programs.figures.registry import measures
from programs.figures.requirements import evaluate_requirement
from programs.models import Program, Requirement, User
from reports.boards.dashboard import HEADLINES, requirements_of

RUNS = 15
LIMIT = 1.5
SQL = Path(__file__).parent / "sql" / "lvyuan.sql"
ABSENTEES = ("absentees",)
OWN = ("own_households", "own_week", "own_visits", "own_needs")

Found = dict[str, list[Any]]


def statements() -> dict[str, str]:
    """The reference's statements by name."""
    parts = re.split(r"^-- name: (\w+)\n", SQL.read_text(encoding="utf-8"), flags=re.M)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def by_hand(names: list[str], params: dict[str, Any]) -> Found:
    """Some figures by the reference's SQL."""
    found, known = {}, statements()
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(known[name], params)
            found[name] = cursor.fetchall()
    return found


def dashboard(program: Program, user: User) -> Found:
    """Every figure of the dashboard by the engine, in the shape of the reference."""
    context = Context(program, user)
    found: Found = {}
    for part in [part for part in parts_of(context) if part.is_headline][:HEADLINES]:
        result = evaluate_part(part, context)
        if part.measure:
            found[part.measure] = [(result.value,)]
    for requirement in requirements_of(context):
        counts = evaluate_requirement(requirement, context).counts
        found[requirement.code] = [(counts["owed"], counts["done"])]
    for block in blocks_of(context):
        found[block.code] = [(bar.key, bar.value) for bar in evaluate_block(block, context).bars]
    return found


def absentees(program: Program, user: User, weekly: Requirement) -> Found:
    """Who did not come in the week that is judged."""
    return {"absentees": [(name,) for name in evaluate_requirement(weekly, Context(program, user)).names("not_done")]}


def own(program: Program, user: User, weekly: Requirement) -> Found:
    """What a cadre sees of their own."""
    context = Context(program, user)
    counts = evaluate_requirement(weekly, context).counts
    return {
        "own_households": [(measured(measures["helped_households"], context, {"modes": ["cadre_household"]})[0],)],
        "own_week": [(counts["owed"], counts["done"])],
        "own_visits": [(measured(measures["visits"], context, {})[0],)],
        "own_needs": [(measured(measures["needs"], context, {})[0],)],
    }


def check_equal(ours: Found, theirs: Found) -> None:
    """The two must have computed the same thing, or the times mean nothing."""
    for name, rows in theirs.items():
        expected, found = ([str(row[-1]) for row in one] for one in (rows, ours[name]))
        if name in ("absentees", "weekly_visit"):
            expected, found = ([str(row) for row in one] for one in (rows, ours[name]))
        if sorted(expected) != sorted(found):
            raise SystemExit(f"{name}: by hand {expected}, engine {found}")


def compare(name: str, ways: dict[str, Callable[[], Found]]) -> None:
    """Time both ways of computing the same, and print them."""
    (_, ours), (_, theirs) = ways.items()
    check_equal(ours(), theirs())
    engine, reference = in_turn(RUNS, ways, warm_up=2)
    print_table([engine, reference])
    print_result(name, engine, reference, LIMIT)


def queries(user: User, page: str) -> tuple[int, float]:
    """How many queries a page makes for somebody, and how long it takes, once what is compiled is there."""
    client = Client()
    client.force_login(user)
    client.get(page, headers={"host": "localhost"})
    with CaptureQueriesContext(connection) as captured:
        [timing] = in_turn(5, {page: lambda: client.get(page, headers={"host": "localhost"})}, warm_up=0)
    return len(captured) // 5, timing.median


def main() -> None:
    """Compare the three, then count the queries of the pages for the office, a town and a cadre."""
    program = Program.objects.select_related("jurisdiction").get(code="lvyuan")
    office, town, cadre = (
        User.objects.select_related("cadre").get(username=f"lvyuan-{name}") for name in ("quban", "zhen", "ganbu")
    )
    weekly = Requirement.objects.select_related("program").get(program=program, code="weekly_visit")
    day = clock.today(program)
    week = evaluate_requirement(weekly, Context(program)).period.start
    params = {"program": program.pk, "day": day, "week": week, "cadre": cadre.cadre.pk, "user": cadre.pk}
    whole = [name for name in statements() if name not in (*ABSENTEES, *OWN)]
    compare(
        "lvyuan-dashboard",
        {"engine": lambda: dashboard(program, office), "hand-written SQL": lambda: by_hand(whole, params)},
    )
    compare(
        "lvyuan-absentees",
        {
            "engine": lambda: absentees(program, office, weekly),
            "hand-written SQL": lambda: by_hand([*ABSENTEES], params),
        },
    )
    compare(
        "lvyuan-cadre",
        {"engine": lambda: own(program, cadre, weekly), "hand-written SQL": lambda: by_hand([*OWN], params)},
    )
    absent = f"/p/lvyuan/requirements/weekly_visit/?aspect=not_done&period={week:%Y-%m-%d}"
    for page in ("/p/lvyuan/", "/p/lvyuan/dashboard/", absent, f"/p/lvyuan/cadres/{cadre.cadre.pk}/"):
        for user in (office, town, cadre):
            count, seconds = queries(user, page)
            print(f"{page:62}{user.username:16}{count:4} queries {seconds * 1000:8.0f} ms")


if __name__ == "__main__":
    main()
