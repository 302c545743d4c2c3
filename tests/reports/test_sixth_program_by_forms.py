"""A program that nobody has described before, made only through the pages' forms: its figures and its bulletin."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

import pymupdf
import pytest
import time_machine
from django.test import Client

from cadres.models import Team
from programs.figures.context import Context
from programs.figures.parts import evaluate_figures
from programs.models import Program
from reports.models import Bulletin
from tests.cast import Cast
from tests.pages import filled, send
from tests.setting_up import fill, setup_url

#: A Wednesday: last week's visits are judged, this week's are not due.
NOW = dt.datetime(2026, 6, 10, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
CODE = "fumin-2026"
BODY = """\
今年以来，全市{富民小组数}富民小组{技术指导}到村开展技术指导。
一、每周指导
最近一周应指导的{每周技术指导：应完成}小组中，{每周技术指导}按时完成，占{每周技术指导：完成率}；没有完成的是：{每周技术指导：未完成名单}。
各周累计应完成{各周技术指导：应完成}，完成{各周技术指导}，完成率{各周技术指导：完成率}。
〔图：每周技术指导（各期）〕
二、小结和补助
{交季度小结}交了季度小结，占小组数的{交小结占比}。按每组补助标准，共需{补助资金}。
三、恳谈
已开恳谈会的镇街：{召开恳谈会：名单}。
"""


def page(name: str) -> str:
    return setup_url(name, CODE)


def work(name: str) -> str:
    return f"/p/{CODE}/{name}"


def founded(client: Client) -> Program:
    """From nothing, with its own words for its people."""
    address = "/programs/new/?from=blank"
    values = {"name": "示例市富民行动", "short_name": "富民行动", "code": CODE, "office": "示例市富民行动办公室"}
    data: dict[str, Any] = filled(client.get(address)) | values | {"starts_on": "2026年1月1日"}
    assert client.post(address, data | {"_create": "1"}).status_code == 302
    client.post(page("names/"), filled(client.get(page("names/"))) | {"__team": "富民小组"})
    program = Program.objects.get(code=CODE)
    assert program.word("team") == "富民小组"
    return program


def worded(client: Client) -> None:
    """Its own categories."""
    words = {
        "visit_kind": ["技术指导", "看望"],
        "document_kind": ["季度小结"],
        "meeting_kind": ["恳谈会"],
        "need_category": ["销路"],
    }
    for vocabulary, labels in words.items():
        for label in labels:
            assert send(client, page(f"words/{vocabulary}/new/"), label=label).status_code == 302


def required(client: Client, cast: Cast) -> None:
    """By the week, by the quarter, and once of one town."""
    kinds = {row["code"]: row["label"] for row in Program.objects.get(code=CODE).terms.values("code", "label")}
    code = {label: code for code, label in kinds.items()}
    new = page("requirements/new/")
    weekly = fill(
        client,
        new,
        {"subject": "team"},
        {"evidence": "visit"},
        {"cadence": "week"},
        name="每周技术指导",
        proof_kinds=[code["技术指导"]],
        at_least="2",
        due_day="5",
        starts_on="2026年5月25日",
    )
    quarterly = fill(
        client,
        new,
        {"subject": "team"},
        {"evidence": "document"},
        {"cadence": "quarter"},
        name="交季度小结",
        proof_kinds=[code["季度小结"]],
        due_day="25",
    )
    once = fill(
        client,
        new,
        {"subject": "town"},
        {"evidence": "meeting"},
        name="召开恳谈会",
        who_places=[cast.near.town.pk],
        proof_kinds=[code["恳谈会"]],
        due_on="2026年5月31日",
    )
    assert [answer.status_code for answer in (weekly, quarterly, once)] == [302, 302, 302]


def counted(client: Client) -> None:
    """Measures, requirements judged once and over all weeks, and what is derived of them."""
    keys = {row.name: str(row.pk) for row in Program.objects.get(code=CODE).requirements.order_by("pk")}
    new, measure, requirement = page("figures/new/"), {"source": "measure"}, {"source": "requirement"}
    answers = [
        fill(client, new, measure, {"measure": "teams"}, label="富民小组数", is_headline="on"),
        fill(client, new, measure, {"measure": "visits"}, label="技术指导", unit="次"),
        fill(client, new, requirement, {"requirement": keys["每周技术指导"]}, label="每周技术指导"),
        fill(
            client, new, requirement, {"requirement": keys["每周技术指导"]}, label="各周技术指导", over="1", unit="组次"
        ),
        fill(client, new, requirement, {"requirement": keys["交季度小结"]}, label="交季度小结"),
        fill(client, new, requirement, {"requirement": keys["召开恳谈会"]}, label="召开恳谈会"),
        fill(
            client,
            new,
            {"source": "derived"},
            {"operation": "share"},
            label="交小结占比",
            left="交季度小结",
            right="富民小组数",
        ),
        fill(
            client,
            new,
            {"source": "derived"},
            {"operation": "product"},
            label="补助资金",
            left="富民小组数",
            rate="36500",
            unit="元",
        ),
        fill(
            client,
            page("blocks/new/"),
            requirement,
            {"requirement": keys["每周技术指导"]},
            {"group_by": "period"},
            title="每周技术指导（各期）",
            chart="table",
        ),
    ]
    assert {answer.status_code for answer in answers} == {302}


def told(client: Client) -> None:
    """Its own bulletin and what its inspectors ask."""
    typed = {
        "name": "富民月报",
        "masthead": "富民行动月报",
        "title": "〔年〕年富民行动进展情况",
        "body": BODY,
        "copies": "20",
    }
    assert send(client, page("bulletins/new/"), **typed).status_code == 302
    assert send(client, page("checklist/new/"), text="小组是否每周到村").status_code == 302


def logged(client: Client, cast: Cast) -> None:
    """Two groups go to their villages, one of them too late; one writes its summary; one town holds its talk."""
    program = Program.objects.get(code=CODE)
    word = {row.label: str(row.pk) for row in program.terms.all()}
    for side in (cast.near, cast.far):
        made = send(
            client, work("teams/new/"), village=str(side.village.pk), unit=str(side.unit.pk), since="2026年1月1日"
        )
        assert made.status_code == 302
        team = Team.objects.get(program=program, village=side.village)
        joined = send(client, work(f"teams/{team.pk}/members/new/"), cadre=str(side.secretary.pk), since="2026年1月1日")
        assert joined.status_code == 302
    visits = [(cast.near, "2026-06-02"), (cast.near, "2026-06-04"), (cast.far, "2026-06-03"), (cast.far, "2026-06-06")]
    for side, day in visits:
        answer = send(
            client,
            work("visits/new/"),
            division=side.place.pk,
            happened_at_day=day,
            happened_at_time="10:00",
            kind=word["技术指导"],
            participants=[side.secretary.pk],
        )
        assert answer.status_code == 302
    near = str(Team.objects.get(program=program, village=cast.near.village).pk)
    paper = send(
        client,
        work(f"documents/new/?kind={word['季度小结']}"),
        title="一季度小结",
        team=near,
        division=cast.near.place.pk,
        received_on="2026年3月20日",
        text="一季度开展技术指导情况。",
    )
    talk = send(
        client,
        work("meetings/new/"),
        kind=word["恳谈会"],
        on="2026年5月20日",
        title="富民恳谈",
        division=cast.near.town.pk,
    )
    assert (paper.status_code, talk.status_code) == (302, 302)


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    """The county office at its browser."""
    client.force_login(cast.county)
    return client


@time_machine.travel(NOW, tick=False)
def test_a_sixth_program_is_made_through_forms_alone(office: Client, cast: Cast) -> None:
    """Other rhythms, other categories, other names, its own bulletin: right figures and a PDF, and no code for it."""
    founded(office)
    worded(office)
    required(office, cast)
    counted(office)
    told(office)
    assert send(office, page("start/")).status_code == 302
    logged(office, cast)

    program = Program.objects.get(code=CODE)
    found = {part.part.key: (part.text, part.of) for _, parts in evaluate_figures(Context(program)) for part in parts}
    assert found == {
        "富民小组数": ("2个", None),
        "技术指导": ("4次", None),
        "每周技术指导": ("1个", 2),
        "各周技术指导": ("1组次", 4),
        "交季度小结": ("1个", 2),
        "召开恳谈会": ("1个", 1),
        "交小结占比": ("50.0%", 2),
        "补助资金": ("7.3万元", None),
    }
    asked = office.get(page("requirements/")).content.decode()
    assert "每个富民小组 每周五前 开展 技术指导 至少2次" in asked
    assert "每个富民小组 每季度最后一个月25日前 报送 季度小结 至少1份" in asked
    assert "每个镇街（地点：示例东镇） 2026年5月31日前 召开 恳谈会 至少1次" in asked

    template = program.bulletin_templates.get()
    assert send(office, work("bulletins/create/"), template=str(template.pk)).status_code == 302
    bulletin = Bulletin.objects.get(program=program)
    response = office.get(work(f"bulletins/{bulletin.pk}/pdf/"))
    with pymupdf.open(stream=b"".join(response.streaming_content), filetype="pdf") as paper:
        text = re.sub(r"\s", "", "".join(sheet.get_text() for sheet in paper))
    for words in (
        "富民行动月报",
        "2026年富民行动进展情况",
        "全市2个富民小组4次到村开展技术指导",
        "应指导的2个小组中，1个按时完成，占50.0%；没有完成的是：示例农商银行。",
        "累计应完成4组次，完成1组次，完成率25.0%",
        "占小组数的50.0%。按每组补助标准，共需7.3万元",
        "已开恳谈会的镇街：示例东镇",
        "2026年第23周",
        "示例市富民行动办公室",
    ):
        assert words in text, words
