"""manage.py describe_templates: write the description of the file format from what the apps have registered."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from programs.templates.describing import description


class Command(BaseCommand):
    """Writes docs/program-templates.md."""

    help = "按各应用登记的内容重写 docs/program-templates.md。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file."""
        path = settings.BASE_DIR / "docs" / "program-templates.md"
        path.write_text(description(), encoding="utf-8")
        self.stdout.write(f"已写好 {path.name}")
