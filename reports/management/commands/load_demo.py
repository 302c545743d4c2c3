"""manage.py load_demo: put the demonstration programs in, once."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from programs.refusals import Refusal
from reports.demo.loading import DEMONSTRATIONS, load_all


class Command(BaseCommand):
    """A second run changes nothing and takes no time."""

    help = "装载演示活动。已装载的不再装载。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which programs, whether anew, and whether accounts get the known password away from one's own machine."""
        parser.add_argument("programs", nargs="*", help=f"活动代号，不写则为全部：{'、'.join(DEMONSTRATIONS)}")
        parser.add_argument("--reset", action="store_true", help="清除后重新装载")
        parser.add_argument("--passwords", action="store_true", help="在正式服务器上也给演示账号设公开的密码")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load each program with a line for each step, and say which were there already."""
        # Nobody may come in through a published password where real data may be.
        with_password = settings.LOCAL or settings.DEBUG or options["passwords"]
        codes = options["programs"] or list(DEMONSTRATIONS)
        for code in codes:
            if code not in DEMONSTRATIONS:
                raise CommandError(f"没有代号为“{code}”的演示活动，可用：{'、'.join(DEMONSTRATIONS)}。")
        try:
            load_all(codes, reset=options["reset"], with_password=with_password, progress=self._say(options))
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal

    def _say(self, options: dict[str, Any]) -> Any:
        return self.stdout.write if options["verbosity"] else lambda message: None
