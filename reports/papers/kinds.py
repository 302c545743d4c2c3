"""Which papers there are, which parts of text each has, and what stands there if a program says nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from programs.models import Program
from reports.models import Paper


@dataclass(frozen=True)
class TextPart:
    """A part of a paper's text that a program may word for itself. ``lines`` above one lets it have several.

    ``starts_empty`` where something else may stand there before the usual words do.
    """

    key: str
    label: str
    default: str
    help: str = ""
    lines: int = 1
    longest: int = 60
    about: str = ""
    starts_empty: bool = False


@dataclass(frozen=True)
class PaperKind:
    """A kind of paper: its usual title and parts; ``asks_names`` if the program decides whether names are printed."""

    code: str
    title: str
    parts: tuple[TextPart, ...]
    about: str = ""
    asks_names: bool = False

    @property
    def label(self) -> str:
        """What it is called."""
        return Paper.Kind(self.code).label

    def part(self, key: str) -> TextPart:
        """A part by its key."""
        return next(part for part in self.parts if part.key == key)


_kinds: dict[str, PaperKind] = {}


def register_paper_kind(kind: PaperKind) -> PaperKind:
    """Let programs word a kind of paper, on the settings pages and in their files."""
    _kinds[kind.code] = kind
    return kind


def paper_kinds() -> dict[str, PaperKind]:
    """All kinds that can be printed, by code."""
    return _kinds


@dataclass(frozen=True)
class Wording:
    """What a program's paper says: its own words, and the usual ones where it has none."""

    kind: PaperKind
    title: str
    names_in_print: bool = False
    texts: dict[str, str] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """One part."""
        return self.texts.get(key) or self.kind.part(key).default

    def lines(self, key: str) -> list[str]:
        """One part, line by line."""
        return [line.strip() for line in self.text(key).splitlines() if line.strip()]


def wording_of(program: Program, code: str) -> Wording:
    """The words of a program's paper."""
    kind = _kinds[code]
    row = Paper.objects.filter(program=program, kind=code).first()
    if row is None:
        return Wording(kind, kind.title)
    return Wording(kind, row.title or kind.title, row.names_in_print, row.texts)


CARD = register_paper_kind(
    PaperKind(
        code=Paper.Kind.CARD,
        title="结对帮扶联系卡",
        about="发给每户一张：双方信息、干部的任务，扫码可看干部信息、提意见建议。",
        parts=(
            TextPart("helped", "农户一栏的标题", "帮扶户", longest=10, about="heading above the household"),
            TextPart("helper", "干部一栏的标题", "帮扶干部", longest=10, about="heading above whoever helps"),
            TextPart("tasks_title", "任务一栏的标题", "帮扶任务", longest=10, about="heading above the tasks"),
            TextPart(
                "tasks",
                "帮扶任务",
                "定期走访，了解生产生活情况和困难。\n宣传政策，帮助办理相关手续。\n"
                "记下诉求，协调解决，办结后当面回复。\n联系各方力量，帮助增收和改善环境。",
                help="一行一条，最多 6 条，每条不超过 40 字。空着就用词表“帮扶任务”里的词，词表也空着就用通用的四条。",
                lines=6,
                longest=40,
                about="the tasks, one to a line; the vocabulary task if left out",
                starts_empty=True,
            ),
            TextPart(
                "note",
                "二维码旁的说明",
                "扫一扫，看干部的单位和办公电话，也可以写意见建议，不留姓名也行。\n"
                "意见由主管办公室受理，不给被提意见的干部看。",
                help="最多 3 行，每行不超过 40 个字。",
                lines=3,
                longest=40,
                about="what stands beside the code",
            ),
        ),
    )
)
