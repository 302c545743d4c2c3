"""Charts, bulletin templates and papers as lines of the settings page, and where texts name figures and charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from programs.configuring.uses import Use, Uses, register_uses
from programs.models import Block, FigurePart, Program
from programs.setup import register_setup_section
from reports.models import Bulletin, BulletinTemplate
from reports.papers.kinds import paper_kinds
from reports.typesetting.text import inserted, tokens

_OPEN = (Bulletin.State.DRAFT, Bulletin.State.REVIEW, Bulletin.State.SIGNING)


def _blocks(program: Program) -> int:
    return Block.objects.filter(program=program, ended_on=None).count()


def _templates(program: Program) -> int:
    return BulletinTemplate.objects.filter(program=program, ended_on=None).count()


def _texts(program: Program) -> Iterator[tuple[str, str]]:
    """Texts whose figures are live, each with what it is: issued ones are frozen and need nothing any more."""
    for body in BulletinTemplate.objects.filter(program=program, ended_on=None).values_list("body", flat=True):
        yield "简报模板", body
    for body in Bulletin.objects.filter(program=program, state__in=_OPEN).values_list("body", flat=True):
        yield "简报草稿", body


def _named_in(program: Program, names: Callable[[str], set[str]], by_name: dict[str, Any]) -> Uses:
    counts: dict[Any, Counter[str]] = {key: Counter() for key in by_name.values()}
    for kind, body in _texts(program):
        for name in names(body) & set(by_name):
            counts[by_name[name]][kind] += 1
    return {key: [Use(kind, count) for kind, count in counted.items()] for key, counted in counts.items()}


def _figures_in_texts(program: Program, rows: Sequence[Any]) -> Uses:
    return _named_in(program, lambda body: {token.key for token in tokens(body)}, {row.key: row.pk for row in rows})


def _blocks_in_texts(program: Program, rows: Sequence[Any]) -> Uses:
    return _named_in(program, inserted, {row.title: row.pk for row in rows})


register_uses(FigurePart, _figures_in_texts)
register_uses(Block, _blocks_in_texts)
register_setup_section(
    "图表",
    "reports:setup-block-list",
    _blocks,
    unit="张",
    about="看板上和简报里的图和表：按镇街、按月、按类别看一个数。",
    icon="chart-column",
    position=50,
)
register_setup_section(
    "简报模板",
    "reports:setup-template-list",
    _templates,
    unit="种",
    about="简报和总结的初稿：报头、文字、活的数字、发给谁。",
    icon="newspaper",
    position=70,
)
register_setup_section(
    "印刷品",
    "reports:setup-paper-list",
    lambda program: len(paper_kinds()),
    unit="种",
    about="联系卡等纸面上的文字：标题、任务、说明，哪些印出姓名。",
    icon="printer",
    position=80,
)
