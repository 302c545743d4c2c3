"""The parts of a program's configuration that this app keeps, as lines of the settings page."""

from __future__ import annotations

from typing import Any

from programs.figures import registry
from programs.figures.words import Speaker
from programs.history import Tell, register_words
from programs.models import Block, Figure, FigurePart, Program, Requirement, Term
from programs.setup import register_setup_section


def _words(program: Program) -> int:
    return Term.objects.filter(program=program, ended_on=None).count()


def _requirements(program: Program) -> int:
    return Requirement.objects.filter(program=program, ended_on=None).count()


def _figures(program: Program) -> int:
    return Figure.objects.filter(program=program, ended_on=None).count()


register_setup_section(
    "基本信息",
    "programs:setup-basics",
    about="名称、主管办公室、起止日期，走访能不能附照片和位置。",
    icon="info",
    position=10,
)
register_setup_section(
    "用语",
    "programs:setup-names",
    about="本活动怎么称呼队伍、人员、结对方式和平台角色。",
    icon="message-square-quote",
    position=15,
)
register_setup_section(
    "词表",
    "programs:setup-vocabulary-list",
    _words,
    unit="个词",
    about="登记时的选项：走访种类、诉求类别、项目阶段、督查方式……",
    icon="book-open",
    position=20,
)
register_setup_section(
    "要求",
    "programs:setup-requirement-list",
    _requirements,
    about="谁、多久、要做什么；平台自动数谁完成了、谁没有。",
    icon="list-checks",
    position=30,
)
register_setup_section(
    "数据",
    "programs:setup-figure-list",
    _figures,
    about="首页和简报里的每个数字：从哪里数、怎么写。",
    icon="hash",
    position=40,
)


def _conditions(kinds: dict[str, Any], kind: str, field: str) -> Tell:
    """Conditions in words: what they mean depends on the kind that the row had then."""

    def tell(row: Any) -> str:
        found = kinds.get(getattr(row, kind))
        return Speaker(row.program).conditions(found.params, getattr(row, field)) if found else ""

    return tell


def _label(kinds: dict[str, Any], kind: str) -> Tell:
    def tell(row: Any) -> str:
        found = kinds.get(getattr(row, kind))
        return row.program.say(found.label) if found else ""

    return tell


def _group(row: Any) -> str:
    """What a chart is laid out by."""
    if row.requirement_id is not None:
        return registry.REQUIREMENT_GROUPS.get(row.group_by, "")
    measure = registry.measures.get(row.measure)
    return measure.groups[row.group_by].label if measure and row.group_by in measure.groups else ""


register_words(Requirement, "who", _conditions(registry.subject_kinds, "subject", "who"))
register_words(Requirement, "evidence", _label(registry.evidences, "evidence"))
register_words(Requirement, "evidence_params", _conditions(registry.evidences, "evidence", "evidence_params"))
for counted in (FigurePart, Block):
    register_words(counted, "measure", _label(registry.measures, "measure"))
    register_words(counted, "params", _conditions(registry.measures, "measure", "params"))
register_words(Block, "group_by", _group)
