"""``manage.py figures PROGRAM [--json] [--as-of DAY]``: every figure of a program, computed from its rows."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programs.figures.context import Context
from programs.figures.parts import evaluate_figures
from programs.models import Program
from programs.rules.parsing import parse_day


class Command(BaseCommand):
    """Print the figures of a program."""

    help = "计算并打印一个活动的全部数据。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The program, the form and the day."""
        parser.add_argument("program", help="活动代号，如 zhaoyuan")
        parser.add_argument("--json", action="store_true", help="以 JSON 打印")
        parser.add_argument("--as-of", help="数据截至哪一天，默认为活动的当天")

    def handle(self, *args: Any, **options: Any) -> None:
        """Evaluate and print."""
        program = Program.objects.select_related("jurisdiction").filter(code=options["program"]).first()
        if program is None:
            codes = "、".join(Program.objects.order_by("code").values_list("code", flat=True)) or "无"
            raise CommandError(f"没有代号为“{options['program']}”的活动。现有：{codes}。")
        try:
            as_of = parse_day(options["as_of"]) if options["as_of"] else None
        except ValueError as error:
            raise CommandError(str(error)) from error
        context = Context(program, as_of=as_of)
        found: list[dict[str, Any]] = [
            {
                "id": figure.code,
                "title": figure.title,
                "definition": figure.definition,
                "as_of": context.day.isoformat(),
                "period": [context.span.start.isoformat(), context.span.end.isoformat()],
                "parts": [part.as_dict() for part in parts],
            }
            for figure, parts in evaluate_figures(context)
        ]
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
            return
        for figure in found:
            self.stdout.write(f"{figure['id']} {figure['title']}")
            for part in figure["parts"]:
                share = f"（应 {part['of']}，未完成 {part['not_done']}）" if "of" in part else ""
                self.stdout.write(f"  {part['label']}：{part['text']}{share}")
