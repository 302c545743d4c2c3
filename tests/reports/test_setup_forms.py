"""The pages on which an office sets up charts and the templates of its bulletins."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from programs.models import Block
from reports.models import Bulletin, BulletinTemplate
from tests import factories as make
from tests.cast import Cast
from tests.pages import errors, filled, send
from tests.reports.bulletin_samples import told
from tests.setting_up import fill, setup_url


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    """A browser in which the county office is signed in."""
    client.force_login(cast.county)
    return client


# Charts


def test_a_chart_is_drawn_while_it_is_set_and_stands_on_the_dashboard(office: Client, cast: Cast) -> None:
    """The same bars before and after it is saved."""
    template = told(cast)
    address, values = setup_url("blocks/new/"), {"title": "各镇街走访", "unit": "次", "order": "descending"}
    make.VisitFactory(program=cast.program, division=cast.near.place)
    choices = ({"source": "measure"}, {"measure": "visits"}, {"group_by": "town"})
    data = filled(office.get(address)) | {"source": ["measure"], "measure": ["visits"], "group_by": ["town"]}
    preview = office.post(setup_url("blocks/preview/"), data | values)
    bars = [row["bar"].label for row in preview.context["preview"]["panel"].rows]
    assert bars == ["示例东镇"]
    assert fill(office, address, *choices, **values).status_code == 302
    assert "各镇街走访" in office.get("/p/zhaoyuan/dashboard/").content.decode()
    named = Block.objects.get(title="对接到位（按镇街）")
    refused = send(office, setup_url(f"blocks/{named.pk}/"), title="改名")
    assert "简报模板 1" in errors(refused)["title"]
    assert template.body


def test_a_requirement_owed_once_has_no_periods_to_be_laid_out_by(office: Client, cast: Cast) -> None:
    """Only a rhythm has them."""
    once = make.RequirementFactory(program=cast.program, code="once", name="一次的")
    monthly = make.RequirementFactory(program=cast.program, code="monthly", name="每月的", cadence="month")
    for row, groups in ((once, ["town"]), (monthly, ["town", "period"])):
        data = {"source": "requirement", "requirement": str(row.pk), "_again": "1"}
        form = office.post(setup_url("blocks/new/"), data).context["form"]
        assert [key for key, _ in form.fields["group_by"].choices] == groups


# Templates


def test_a_template_is_written_with_its_preview_and_begins_a_draft(office: Client, cast: Cast) -> None:
    """Text, figures and charts as on the desk of bulletins; the draft takes it over."""
    told(cast)
    body = "{对接到位：应完成}工作队中，{对接到位}已对接：{对接到位：名单}。\n〔图：对接到位（按镇街）〕"
    typed = {"name": "月度通报", "masthead": "工作简报", "title": "〔年〕年对接情况", "body": body, "copies": "30"}
    data = filled(office.get(setup_url("bulletins/new/"))) | typed
    answer = office.post(setup_url("bulletins/preview/"), data, headers={"accept": "application/json"})
    shown = json.loads(answer.content)
    assert "4个" in re.sub(r"<[^>]+>", "", shown["html"])
    assert shown["problems"] == []
    assert not BulletinTemplate.objects.filter(name="月度通报").exists()
    assert office.post(setup_url("bulletins/new/"), data).status_code == 302
    template = BulletinTemplate.objects.get(name="月度通报")
    assert (template.code, template.body, template.office) == ("yue-du-tong-bao", body, cast.program.office)
    send(office, "/p/zhaoyuan/bulletins/create/", template=str(template.pk))
    bulletin = Bulletin.objects.get()
    assert (bulletin.title, bulletin.body, bulletin.copies) == ("2015年对接情况", body, 30)


def test_what_a_template_cannot_print_is_refused_by_its_line(office: Client, cast: Cast) -> None:
    """Each unknown figure and chart with what may have been meant; the text stays."""
    template = told(cast)
    address = setup_url(f"bulletins/{template.pk}/")
    body = "一、情况\n共{工作对}工作队。\n〔图：没有的图〕"
    response = send(office, address, body=body)
    lines = [str(message) for message in response.context["form"].errors["body"]]
    assert [line[:6] for line in lines] == ["第 2 行：", "第 3 行："]
    assert "工作队" in lines[0]
    assert filled(response)["body"] == [body]
    template.refresh_from_db()
    assert template.body != body


def test_a_bulletin_needs_its_masthead_and_a_plain_text_may_be_about_a_village(office: Client, cast: Cast) -> None:
    """The form says what the database would refuse."""
    typed = {
        "name": "驻村总结",
        "title": "〔地名〕〔年〕年总结",
        "body": "{工作队}工作队在〔地名〕。",
        "coverage": "village",
    }
    told(cast)
    refused = send(office, setup_url("bulletins/new/"), **typed)
    assert set(errors(refused)) == {"masthead", "coverage"}
    sent = office.post(setup_url("bulletins/new/"), filled(refused) | {"layout": ["report"]})
    assert sent.status_code == 302
    assert BulletinTemplate.objects.get(name="驻村总结").coverage == "village"


def test_a_template_with_drafts_ends_and_is_not_offered_again(office: Client, cast: Cast) -> None:
    """What has begun from it stays."""
    template = told(cast)
    send(office, "/p/zhaoyuan/bulletins/create/", template=str(template.pk))
    keep = setup_url(f"bulletins/{template.pk}/keep/")
    assert "不能删除" in office.post(keep, {"do": "delete"}, follow=True).content.decode()
    office.post(keep, {"do": "end"})
    page = office.get("/p/zhaoyuan/bulletins/create/")
    assert not page.context["form"].fields["template"].queryset.exists()
    assert Bulletin.objects.get().template == template
