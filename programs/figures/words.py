"""Requirements, figures and their conditions in sentences, as the pages and the history of a configuration say them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from programs.figures import registry
from programs.figures.configuration import configuration_of
from programs.models import Block, Division, FigurePart, Program, Requirement, Term
from programs.rules.periods import Cadence
from programs.rules.wording import day_text, plain

#: Conditions on words of problems may name those of praise.
ALSO = {Term.Vocabulary.FINDING_CATEGORY: (Term.Vocabulary.PRAISE_CATEGORY,)}
WEEKDAYS = "一二三四五六日"
GONE = "（已删除）"


def vocabularies_of(param: registry.Param) -> tuple[str, ...]:
    """The vocabularies whose words a condition may name."""
    return (param.vocabulary, *ALSO.get(Term.Vocabulary(param.vocabulary), ()))


class Speaker:
    """Says in words what a program's configuration means. Words are read once, places when first named."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._places: dict[str, str] = {}

    @cached_property
    def _words(self) -> dict[tuple[str, str], str]:
        return {(term.vocabulary, term.code): term.label for term in configuration_of(self.program).terms}

    @cached_property
    def _requirements(self) -> dict[str, str]:
        return {row.code: row.name for row in configuration_of(self.program).requirements}

    def know_places(self, *conditions: dict[str, Any]) -> None:
        """Read the names of all places in some conditions at once."""
        asked = {code for values in conditions for code in values.get("places") or ()} - set(self._places)
        if asked:
            rows = Division.objects.filter(code__in=asked).order_by("code")
            self._places |= dict.fromkeys(asked, GONE) | dict(rows.values_list("code", "short_name"))

    def conditions(self, declared: Iterable[registry.Param], values: dict[str, Any]) -> str:
        """All conditions in force: 种类：入户走访、慰问；岗位：主要领导."""
        self.know_places(values)
        said = [(param.label, self.value(param, values[param.name])) for param in declared if param.name in values]
        return "；".join(f"{label}：{words}" for label, words in said)

    def value(self, param: registry.Param, value: Any) -> str:
        """What one condition asks for."""
        match param.kind:
            case "terms" | "term":
                return "、".join(self._word(param, code) for code in _many(value))
            case "choices" | "choice":
                options = dict(param.options)
                return "、".join(self.program.say(options.get(one, GONE)) for one in _many(value))
            case "places":
                self.know_places({"places": value})
                return "、".join(self._places.get(code, GONE) for code in value)
            case "flag":
                return "是" if value else "否"
            case "requirement":
                return self._requirements.get(value, GONE)
            case "vocabulary":
                return Term.Vocabulary(value).label
            case "day":
                return day_text(dt.date.fromisoformat(value)) if isinstance(value, str) else day_text(value)
        return str(value)

    def _word(self, param: registry.Param, code: str) -> str:
        found = (self._words.get((vocabulary, code)) for vocabulary in vocabularies_of(param))
        return next(filter(None, found), GONE)

    def requirement(self, row: Requirement) -> str:
        """每个工作队（地点：温泉街道） 每月28日前 报送 月度进展报告 至少1份."""
        subject, evidence = registry.subject_kinds[row.subject], registry.evidences[row.evidence]
        who = f"每{subject.counter}{self.program.say(subject.label)}"
        if narrowed := self.conditions(subject.params, row.who):
            who += f"（{narrowed}）"
        kinds = [param for param in evidence.params if param.name == "kinds" and row.evidence_params.get("kinds")]
        others = [param for param in evidence.params if param not in kinds]
        what = self.value(kinds[0], row.evidence_params["kinds"]) if kinds else evidence.label
        if more := self.conditions(others, row.evidence_params):
            what += f"（{more}）"
        times = f"至少{row.at_least}{evidence.counter}"
        return " ".join(filter(None, (who, when(row), evidence.verb, what, times)))

    def part(self, row: FigurePart) -> str:
        """Where the value of a part of a figure comes from."""
        if row.requirement is not None:
            return f"要求“{row.requirement.name}”{'各期累计' if row.over else ''}的完成数"
        if row.operation:
            return self._derived(row)
        return self._measured(row.measure, row.params)

    def block(self, row: Block) -> str:
        """What a block lays out, and how."""
        if row.requirement is not None:
            source, groups = f"要求“{row.requirement.name}”", registry.REQUIREMENT_GROUPS
        else:
            source = self._measured(row.measure, row.params)
            groups = {key: group.label for key, group in registry.measures[row.measure].groups.items()}
        ends = [source, f"按{groups.get(row.group_by, GONE)}"]
        if row.order != Block.Order.NATURAL:
            ends.append(row.get_order_display())
        if row.at_least is not None:
            ends.append(f"不少于{plain(row.at_least)}{row.unit}")
        if row.at_most is not None:
            ends.append(f"不多于{plain(row.at_most)}{row.unit}")
        if row.limit:
            ends.append(
                f"{'最近' if row.group_by == 'period' else '前'}{row.limit}{'期' if row.group_by == 'period' else '项'}"
            )
        return "，".join([*ends, row.get_chart_display()])

    def _measured(self, name: str, params: dict[str, Any]) -> str:
        measure = registry.measures[name]
        narrowed = self.conditions(measure.params, params)
        return f"统计{self.program.say(measure.label)}{f'（{narrowed}）' if narrowed else ''}"

    def _derived(self, row: FigurePart) -> str:
        left, right = f"“{row.left}”", f"“{row.right}”"
        match row.operation:
            case FigurePart.Operation.SHARE:
                return f"{left}占{right}的百分比"
            case FigurePart.Operation.DIFFERENCE:
                return f"{left}减{right}"
            case FigurePart.Operation.PRODUCT:
                return f"{left}乘以标准{plain(row.rate)}"
        return f"{left}比上年同期的增长率"


def when(row: Requirement) -> str:
    """How often and by when: 每月28日前, 2015年6月30日前, 每周（周五前）."""
    cadence, day = Cadence(row.cadence), row.due_day
    if cadence is Cadence.ONCE:
        return f"{day_text(row.due_on)}前" if row.due_on else "活动期间"
    if day is None:
        return cadence.label
    match cadence:
        case Cadence.MONTH:
            return f"每月{day}日前"
        case Cadence.WEEK:
            return f"每周{WEEKDAYS[min(day, 7) - 1]}前"
        case Cadence.FORTNIGHT:
            return f"每两周第{day}天前"
    return f"{cadence.label}最后一个月{day}日前"


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
