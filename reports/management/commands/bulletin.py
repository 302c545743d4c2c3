"""``manage.py bulletin PROGRAM --issue N [--pdf FILE] [--docx FILE] [--verify]``: print an issue."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programs.models import Program
from reports.bulletins.freezing import is_intact
from reports.bulletins.paper import document_of
from reports.models import Bulletin, Layout
from reports.typesetting.docx import render_docx
from reports.typesetting.pdf import render_pdf


class Command(BaseCommand):
    """An issued bulletin is printed from what was frozen: the same bytes every time."""

    help = "输出一期简报的 PDF 或 Word，或核对它与签发时是否一致。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which issue, and where to."""
        parser.add_argument("program", help="活动代号，如 zhaoyuan")
        parser.add_argument("--issue", type=int, required=True, metavar="期号", help="第几期")
        parser.add_argument("--year", type=int, metavar="年份", help="哪一年，默认为有这一期的最近一年")
        parser.add_argument("--pdf", type=Path, metavar="文件", help="PDF 写到哪里")
        parser.add_argument("--docx", type=Path, metavar="文件", help="Word 写到哪里")
        parser.add_argument("--verify", action="store_true", help="核对校验值")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find the issue and write what was asked for."""
        if not (options["pdf"] or options["docx"] or options["verify"]):
            raise CommandError("请写明要什么：--pdf 文件、--docx 文件或 --verify。")
        bulletin = self._bulletin(options)
        if not bulletin.is_issued:
            self.stderr.write(f"{bulletin}还没有签发（{bulletin.get_state_display()}），每页带有“草稿”或“送签稿”字样。")
        if options["verify"]:
            self._verify(bulletin)
        for kind, render in (("pdf", render_pdf), ("docx", render_docx)):
            target: Path | None = options[kind]
            if target is None:
                continue
            try:
                target.write_bytes(render(document_of(bulletin)))
            except OSError as error:
                raise CommandError(f"写不了“{target}”：{error.strerror}。请换一个文件夹。") from error
            self.stdout.write(f"{bulletin}：{target}（{target.stat().st_size:,} 字节）")

    def _bulletin(self, options: dict[str, Any]) -> Bulletin:
        program = Program.objects.filter(code=options["program"]).first()
        if program is None:
            codes = "、".join(Program.objects.order_by("code").values_list("code", flat=True)) or "无"
            raise CommandError(f"没有代号为“{options['program']}”的活动。现有：{codes}。")
        rows = (
            Bulletin.objects.filter(program=program, layout=Layout.BULLETIN)
            .select_related("program__jurisdiction")
            .order_by("-year", "-number")
        )
        found = rows.filter(number=options["issue"])
        if options["year"]:
            found = found.filter(year=options["year"])
        bulletin = found.first()
        if bulletin is None:
            known = "、".join(map(str, rows)) or "无"
            raise CommandError(f"“{program}”没有这一期简报。现有：{known}。")
        return bulletin

    def _verify(self, bulletin: Bulletin) -> None:
        if not bulletin.is_issued:
            raise CommandError("还没有签发，没有校验值。")
        if not is_intact(bulletin):
            raise CommandError(f"{bulletin}的内容与签发时的校验值不符，可能在数据库中被改动过。")
        self.stdout.write(f"{bulletin}：与签发时一致，校验值 {bulletin.digest}")
