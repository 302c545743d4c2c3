"""Changes to what a program's papers say."""

from __future__ import annotations

from programs.changes import action, saved
from programs.configuring.rows import opened
from programs.models import Program, User
from reports.models import Paper
from reports.papers.kinds import PaperKind


@action
def word_paper(
    *,
    by: User,
    program: Program,
    kind: PaperKind,
    title: str,
    texts: dict[str, str],
    names_in_print: bool = False,
    version: str | None = None,
) -> Paper:
    """Keep what a paper says; parts that say nothing of their own, or just the usual words, are left to those."""
    row = Paper.objects.filter(program=program, kind=kind.code).first()
    found = opened(row, version) if row is not None and version else row or Paper(program=program, kind=kind.code)
    found.title = "" if title == kind.title else title
    found.names_in_print = names_in_print
    found.texts = {key: text for key, text in texts.items() if text and text != kind.part(key).default}
    return saved(found, program)
