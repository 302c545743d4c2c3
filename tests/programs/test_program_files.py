"""A program's configuration as a file: written and read again, refused by line, compared with what is there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from inspections.models import ChecklistItem
from programs.configuring.beginnings import fitted
from programs.models import Figure, FigurePart, Program, Requirement, Term
from programs.templates import (
    BadTemplate,
    Difference,
    catalogue,
    change_by,
    content_of,
    create_program,
    difference_of,
    make_program,
    read,
    text_of,
)
from programs.templates.describing import description
from reports.models import BulletinTemplate
from tests import factories as make

pytestmark = pytest.mark.django_db

SAMPLE = """\
format: 1
program:
  code: sample
  name: 示例结对帮扶
  short_name: 示例帮扶
  jurisdiction: "370685"
  office: 示例办公室
  starts_on: 2020-02-29
names:
  team: 驻村工作组
  first_secretary: false
  pairing_modes: {unit_village: 单位联村}
vocabularies:
  visit_kind:
    - {code: entry, label: 入户走访}
    - {code: comfort, label: 慰问}
requirements:
  - {code: weekly, name: 每周走访, subject: cadre, evidence: visit, evidence_params: {kinds: [entry]}, cadence: week}
  - {code: one, name: 春节慰问, subject: unit, evidence: visit, due_on: 2020-12-31, evidence_params: {kinds: [comfort]}}
figures:
  - code: SL-1
    title: 走访
    parts:
      - {label: 本周已走访, requirement: weekly, unit: 名}
      - {label: 走访, measure: visits, params: {kinds: [entry]}, unit: 次, wording: over, cut: 10}
      - {label: 走访率, operation: share, left: 本周已走访, right: 走访, unit: "%", wording: percent}
blocks:
  - {code: weeks, title: 每周走访, measure: visits, group_by: week, unit: 次, chart: line}
checklist:
  - {code: seen, text: 是否到村, requirement: weekly}
  - {code: often, text: 到村几次, kind: number, only_if: seen, only_if_answer: 是}
bulletins:
  - code: week
    name: 周报
    masthead: 示例工作简报
    office: 示例办公室
    title: 走访情况
    body: |
      一、情况
      本周走访{走访}，{本周已走访：未完成名单}没有走访。
"""


@pytest.fixture(autouse=True)
def _county() -> None:
    make.DivisionFactory(code="370685")


def made(text: str = SAMPLE, **changes: Any) -> Program:
    """A program made from a text."""
    return make_program(read(text), changes)


def changed(program: Program, text: str, *, with_program: bool = False) -> Difference:
    """What a file changes: told first, then done, and nothing is left to do."""
    before = text_of(program)
    told = difference_of(program, read(text), with_program=with_program)
    assert text_of(program) == before, "looking at the difference must change nothing"
    done = change_by(program, read(text), with_program=with_program)
    assert done == told
    assert not difference_of(program, read(text), with_program=with_program).changes
    return told


# Round trip


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_what_is_written_can_be_read_and_is_the_same(code: str, tmp_path: Path) -> None:
    """For every template that is shipped: written, read, written again, nothing is lost, added or moved."""
    make.DivisionFactory(code=read(catalogue()[code].read_text())["program"]["jurisdiction"])
    program = create_program(code)
    written = text_of(program)
    Program.objects.filter(pk=program.pk).update(code="before")
    path = tmp_path / "program.yaml"
    path.write_text(written, encoding="utf-8")
    again = create_program(path)
    assert text_of(again) == written
    # What was shipped is all there: nothing is only in the file and not in the program.
    shipped = read(catalogue()[code].read_text())
    for section, content in content_of(again).items():
        if section not in ("format", "program"):
            assert len(content) == len(shipped[section]), section


def test_a_file_holds_no_rows_and_no_accounts() -> None:
    """Only what was configured leaves, and in words that people can change."""
    program = made()
    make.PairingFactory(program=program, unit=make.UnitFactory(name="示例秘密单位"))
    program.settings = {"demo_accounts": [{"username": "whoever"}]}
    program.save()
    text = text_of(program)
    assert "秘密" not in text
    assert "whoever" not in text
    assert "  - {code: entry, label: 入户走访}" in text
    assert "    body: |\n      一、情况\n" in text


# Wrong files


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("requirements:\n  - {code: weekly", "requirements:\n  - {code: &x weekly", 0, ""),
        ("visit_kind:\n", "visit_kind: &words\n", 0, ""),
        ("right: 走访, ", "right: *words, ", 26, "不能用“*”"),
        ("starts_on: 2020-02-29", "starts_on: 2020-02-30", 3, "starts_on"),
        ("team: 驻村工作组", "teem: 驻村工作组", 10, "不认识“teem”"),
        ("team: 驻村工作组", "team: [驻村]", 10, "“team”应写成"),
        ("team: 驻村工作组", "team: false", 10, "“team”应写成"),
        ("figures:\n", "figures: 没有\nmore:\n", 1, "“figures”这一节应写成列表"),
        ("params: {kinds: [entry]}, unit", "params: [entry], unit", 25, "条件"),
        ("evidence_params: {kinds: [entry]}", "evidence_params: {kinds: [[entry]]}", 18, "写法不对"),
        ("left: 本周已走访", "left: 下周", 26, "前面没有引用名为“下周”的数据项"),
        ("only_if: seen", "only_if: unseen", 31, "unseen"),
        ("cut: 10", "cut: 很多", 25, "cut"),
        ("cut: 10", "cut: 5", 25, "只能取整到"),
        (", right: 走访", "", 26, "和哪一项比"),
        ("operation: share", "operation: product", 26, "标准"),
        ("due_on: 2020-12-31", "due_day: 77", 19, "截止日须在 1 到 31 之间"),
        ("  - {code: weeks, title", "  - 每周\n  - {code: weeks, title", 0, "应当写成若干"),
        ("title: 走访情况", "title:", 33, "缺少“title”"),
        ("  code: sample", "  yes: sample", 3, "要写成文字"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_made(old: str, new: str, line: int, says: str) -> None:
    """Whatever is wrong, however oddly: a sentence with its line, never an error, never half a program."""
    assert old in SAMPLE
    text = SAMPLE.replace(old, new, 1)
    if not says:
        made(text)
        return
    with pytest.raises(BadTemplate) as refused:
        made(text)
    told = [said for said in refused.value.lines if says in said]
    assert told, refused.value.lines
    if line:
        assert told[0].startswith(f"第 {line} 行"), told
    assert not Program.objects.exists()


def test_what_leans_on_something_wrong_is_not_told_as_well() -> None:
    """One mistake is one sentence, however many figures, shares, charts and questions hang on it."""
    text = SAMPLE.replace("subject: cadre", "subject: nobody")
    with pytest.raises(BadTemplate) as refused:
        made(text)
    assert [line.partition("：")[0] for line in refused.value.lines] == ["第 18 行"]
    with pytest.raises(BadTemplate) as refused:
        made(SAMPLE.replace("requirement: weekly, unit", "requirement: weakly, unit"))
    assert refused.value.lines == ["第 24 行：没有代号为“weakly”的要求。"]


@pytest.mark.parametrize("text", ["", "[[[[" * 5000, "{}", "\x00", "只是一句话", "- 1\n- 2", "a: &a [*a]", "'" * 3])
def test_what_is_no_file_at_all_is_refused_in_words(text: str) -> None:
    """Not one of them may end in an error page."""
    with pytest.raises(BadTemplate, match="第 1 行"):
        read(text)


# A file for a program that is there


def test_a_file_adds_changes_and_ends_by_code() -> None:
    """Each is told field by field before it is done; what the file no longer has ends today and stays."""
    program = made(pinned_on=dt.date(2020, 6, 1))
    weekly = program.requirements.get(code="weekly")
    text = (
        SAMPLE.replace("label: 入户走访", "label: 进村入户")
        .replace("cadence: week}", "cadence: month, due_day: 28}")
        .replace("    - {code: comfort, label: 慰问}\n", "    - {code: talk, label: 座谈}\n")
        .replace("kinds: [comfort]", "kinds: [talk]")
        .replace("  - {code: weeks", "  - {code: months")
        .replace(
            '      - {label: 走访率, operation: share, left: 本周已走访, right: 走访, unit: "%", wording: percent}\n',
            "",
        )
        .replace("本周走访{走访}，", "本周共走访{走访}，")
    )
    told = changed(program, text)
    fields = {(change.name, one.label): (one.before, one.after) for change in told.changes for one in change.fields}
    assert fields["入户走访", "名称"] == ("入户走访", "进村入户")
    assert fields["每周走访", "频次"] == ("每周", "每月")
    assert fields["每周走访", "每期第几日截止"] == ("（空）", "28")
    assert {change.name for change in told.of("added")} == {"座谈", "每周走访"}
    assert {change.name for change in told.of("ended")} == {"慰问", "每周走访"}
    assert {change.name for change in told.of("removed")} == {"走访率"}
    weekly.refresh_from_db()
    assert weekly.cadence == "month", "the same row, so that its marks and history stay"
    assert Term.objects.get(program=program, code="comfort").ended_on == dt.date(2020, 6, 1)
    assert program.blocks.get(code="weeks").ended_on == dt.date(2020, 5, 31)
    assert program.bulletin_templates.get().body.startswith("一、情况\n本周共走访")


def test_what_has_ended_comes_back_by_its_code() -> None:
    """As the same row, in use again."""
    program = made()
    term = program.terms.get(code="comfort")
    without = SAMPLE.replace("    - {code: comfort, label: 慰问}\n", "").replace("kinds: [comfort]", "kinds: [entry]")
    changed(program, without)
    term.refresh_from_db()
    assert term.ended_on is not None
    told = changed(program, SAMPLE)
    term.refresh_from_db()
    assert term.ended_on is None
    assert [change.name for change in told.of("changed")] == ["慰问", "春节慰问"]


def test_a_draft_keeps_nothing_that_nobody_uses() -> None:
    """Before it starts there is nothing to keep; what rows hang on is ended even then."""
    program = made(state=Program.State.DRAFT)
    used = program.terms.get(code="comfort")
    make.VisitFactory(program=program, kind=used, division=program.jurisdiction)
    text = SAMPLE.replace("    - {code: comfort, label: 慰问}\n", "").replace("kinds: [comfort]", "kinds: [entry]")
    told = changed(
        program,
        text.replace("  - {code: often, text: 到村几次, kind: number, only_if: seen, only_if_answer: 是}\n", ""),
    )
    assert [change.name for change in told.of("ended")] == ["慰问"]
    assert [change.name for change in told.of("removed")] == ["到村几次"]
    assert not ChecklistItem.objects.filter(program=program, code="often").exists()


def test_a_part_of_a_file_touches_its_own_part_only() -> None:
    """Sections that a file lacks stay, and what it has may lean on them."""
    program = made()
    head = SAMPLE[: SAMPLE.index("names:")]
    told = changed(
        program, head + "blocks:\n  - {code: b, title: 新图, requirement: weekly, group_by: town, unit: 个}\n"
    )
    assert {change.section for change in told.changes} == {"blocks"}
    assert {"用语", "词表", "要求", "数据", "督查清单", "简报"} <= set(told.untouched)


def test_names_and_days_change_only_when_asked() -> None:
    """A file from elsewhere brings rules, not the other office's name; code and county never change."""
    program = made()
    text = SAMPLE.replace("office: 示例办公室\n  starts", "office: 别处办公室\n  starts").replace(
        "code: sample", "code: other"
    )
    assert not changed(program, text).changes
    told = changed(program, text, with_program=True)
    assert [(one.label, one.after) for one in told.changes[0].fields] == [("主管办公室", "别处办公室")]
    program.refresh_from_db()
    assert program.code == "sample"


def test_a_wrong_file_changes_nothing_of_a_program() -> None:
    """Not even what stands before the wrong line."""
    program = made()
    before = text_of(program)
    text = SAMPLE.replace("label: 慰问", "label: 看望").replace("group_by: week", "group_by: colour")
    with pytest.raises(BadTemplate, match="第 28 行：不能按“colour”分组"):
        change_by(program, read(text), with_program=True)
    assert text_of(program) == before


# Another year, another county


def test_a_copy_moves_its_days_and_leaves_elsewhere_out() -> None:
    """Days move by whole years; what speaks of places outside goes, with what hangs on it, and texts show a gap."""
    far = make.DivisionFactory(code="510101", name="示例县")
    text = SAMPLE.replace(
        "evidence_params: {kinds: [entry]}, cadence",
        'evidence_params: {kinds: [entry]}, who: {places: ["370685004"]}, cadence',
    )
    values = {"starts_on": dt.date(2023, 3, 1), "jurisdiction": far}
    found = fitted(read(text), values)
    assert found.years == 3
    assert found.left_out == ["要求“每周走访”", "数据“本周已走访”", "数据“走访率”"]
    program = make_program(found.content, values)
    assert program.requirements.get().due_on == dt.date(2023, 12, 31)
    assert [part.key for part in FigurePart.objects.filter(program=program)] == ["走访"]
    assert ChecklistItem.objects.get(program=program, code="seen").requirement is None
    assert "（待填：本周已走访）没有走访" in BulletinTemplate.objects.get(program=program).body
    assert Figure.objects.filter(program=program).count() == 1
    near = fitted(read(text.replace('who: {places: ["370685004"]}, ', "")), values)
    assert (near.content["requirements"][0]["code"], near.left_out) == ("weekly", [])


def test_a_leap_day_becomes_the_last_of_february() -> None:
    """2020-02-29 a year later."""
    found = fitted(
        read(SAMPLE), {"starts_on": dt.date(2021, 2, 28), "jurisdiction": make.DivisionFactory(code="370685")}
    )
    assert found.content["program"]["starts_on"] == dt.date(2021, 2, 28)
    assert found.content["requirements"][0]["cadence"] == Requirement.Cadence.WEEK


def test_the_description_of_the_format_is_what_the_apps_have_registered() -> None:
    """``manage.py describe_templates`` writes it anew."""
    assert (settings.BASE_DIR / "docs" / "program-templates.md").read_text(encoding="utf-8") == description()
