"""manage.py import_divisions: load a list of division codes, by default that of the demonstration's counties."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from programs.divisions import DEMO_DIVISIONS, DivisionFileError, import_divisions
from programs.rules.parsing import parse_day
from programs.rules.wording import day_text


class Command(BaseCommand):
    """The national list is read in seconds; a second run of the same list changes nothing."""

    help = "导入行政区划代码（code,name,level 三列的 CSV，可以是 .gz）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and the day from which its list holds."""
        parser.add_argument("file", nargs="?", type=Path, default=DEMO_DIVISIONS, help="区划文件；不写则用演示区划")
        parser.add_argument("--on", help="从哪一天起以此为准，如 2025-01-01；不写则为今天")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import with the time elapsed beside each step; refuse in words."""
        file: Path = options["file"]
        try:
            on = parse_day(options["on"]) if options["on"] else timezone.localdate()
        except ValueError as error:
            raise CommandError(str(error)) from error
        if not file.is_file():
            raise CommandError(f"找不到文件“{file}”。")
        began = time.monotonic()

        def progress(message: str) -> None:
            self.stdout.write(f"[{time.monotonic() - began:5.1f}秒] {message}")

        progress(f"导入{file.name}，从{day_text(on)}起")
        try:
            result = import_divisions(file, on=on, progress=progress)
        except DivisionFileError as error:
            raise CommandError(f"没有导入：{error}") from error
        progress(
            f"完成：共{result.read:,}条，新增{result.added:,}条，改名{result.renamed:,}条，"
            f"恢复{result.restored:,}条，停用{result.retired:,}条"
        )
