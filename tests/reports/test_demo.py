"""招远's demonstration: what the document tells is there, the rest is evidently made up, and it can go again."""

from __future__ import annotations

import datetime as dt
import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Max
from django.utils import timezone

from cadres.models import Cadre, Diary, Leadership, Meeting, Need, Pairing, Team, TeamMember, Visit
from inspections.models import Answer, Finding
from programs.models import Division, Program, Role, Unit, User
from programs.permissions import may
from programs.rules.places import LOCAL_NUMBERS_FROM
from programs.scoping import roles_in
from projects.models import Project, StageEntry
from reports.demo.loading import NotADemonstration, load
from reports.demo.reset import UsedElsewhere, remove_program
from reports.demo.zhaoyuan import names
from tests import factories as make
from villages.models import Household, Village

loaded = pytest.mark.usefixtures("demonstration")


@pytest.fixture
def program(demonstration: None) -> Program:
    """招远's program."""
    return Program.objects.get(code="zhaoyuan")


def test_a_second_loading_changes_nothing(program: Program, django_assert_max_num_queries: Any) -> None:
    lines: list[str] = []
    with django_assert_max_num_queries(1):
        assert not load("zhaoyuan", with_password=False, progress=lines.append)
    assert not lines
    out = StringIO()
    call_command("load_demo", "zhaoyuan", stdout=out)
    assert out.getvalue().strip() == "zhaoyuan：已装载"


def test_an_unknown_program_is_refused_in_words(db: None) -> None:
    with pytest.raises(CommandError, match="没有代号为“atlantis”的演示活动，可用：zhaoyuan"):
        call_command("load_demo", "atlantis")


def test_a_real_program_of_that_code_is_left_alone(db: None) -> None:
    make.ProgramFactory(code="zhaoyuan")
    with pytest.raises(NotADemonstration, match="没有装载"):
        load("zhaoyuan", reset=True, with_password=False, progress=print)
    with pytest.raises(CommandError, match="正式活动"):
        call_command("load_demo", "zhaoyuan", verbosity=0)


@loaded
def test_one_unit_one_village_one_team_with_a_first_secretary(program: Program) -> None:
    teams = Team.objects.filter(program=program)
    assert teams.count() == teams.values("unit").distinct().count() == teams.values("village").distinct().count() == 116
    secretaries = TeamMember.objects.filter(team__program=program, role=TeamMember.Role.FIRST_SECRETARY)
    assert secretaries.active_on(names.NOW).values("team").distinct().count() == 116
    for team in teams.select_related("unit"):
        assert Pairing.objects.filter(unit=team.unit, division=team.village_id).exists()


@loaded
def test_the_documents_villages_are_helped_by_the_documents_units(program: Program) -> None:
    for code, unit in names.NAMED_VILLAGES.items():
        team = Team.objects.select_related("unit", "village").get(program=program, village=code)
        assert (team.unit.short_name, team.village.is_fictional) == (unit, False)


@loaded
def test_whatever_the_document_does_not_name_says_that_it_is_made_up(program: Program) -> None:
    for village in Village.objects.filter(teams__program=program).exclude(pk__in=names.NAMED_VILLAGES):
        assert village.is_fictional
        assert re.fullmatch(r"示例村\d{3}", village.name)
        assert village.pk[-3:] >= LOCAL_NUMBERS_FROM
    document = {*names.NAMED_VILLAGES.values(), *names.UNPLACED_UNITS}
    for unit in Unit.objects.filter(teams__program=program).exclude(short_name__in=document):
        assert unit.is_fictional
        assert re.fullmatch(r"示例单位\d{2}", unit.short_name)
    assert not Household.objects.exclude(is_fictional=True, head__startswith="示例").exists()


@loaded
def test_people_appear_by_post_and_never_by_name() -> None:
    by_post = re.compile(r".+(领导|书记|组长|[队组成]员[甲乙丙]?|科长|所长)")
    strangers = [name for name in Cadre.objects.values_list("name", flat=True) if not by_post.fullmatch(name)]
    assert not strangers


@loaded
def test_nothing_has_happened_after_the_day_on_which_it_stands(program: Program) -> None:
    last = Visit.objects.aggregate(last=Max("happened_at"))["last"]
    assert timezone.localdate(last) <= names.NOW
    assert timezone.localdate(Visit.objects.aggregate(last=Max("received_at"))["last"]) <= names.NOW
    for model, day in ((Diary, "on"), (Meeting, "on"), (Need, "raised_on"), (StageEntry, "entered_on")):
        assert model._default_manager.aggregate(last=Max(day))["last"] <= names.NOW


@loaded
def test_the_document_tells_of_one_visit_by_its_day() -> None:
    visit = Visit.objects.get(participants__unit__short_name="市住建局", participants__leadership=Leadership.PRINCIPAL)
    assert timezone.localdate(visit.happened_at) == dt.date(2015, 5, 12)
    assert visit.division_id == "370685104229"


@loaded
@pytest.mark.parametrize(
    ("unit", "words", "stage", "due_text"),
    [
        ("市住建局", "文化大院", "construction", "8月份"),
        ("市住建局", "假山和观赏鱼池", "construction", "7月上旬"),
        ("市地税局", "钢化项目", "approval", ""),
        ("市供电公司", "线路改造", "survey", ""),
        ("市供电公司", "打井", "construction", ""),
        ("市信访局", "村委换届", "completed", ""),
        ("市经信局", "电子仪器", "planning", ""),
        ("市委老干部局", "路面铺设", "completed", "麦收之前"),
        ("市残联", "扬水站", "completed", ""),
        ("市委办", "沼气建设", "construction", ""),
    ],
)
def test_the_documents_projects_stand_where_it_says(unit: str, words: str, stage: str, due_text: str) -> None:
    project = Project.objects.select_related("stage").get(unit__short_name=unit, name__contains=words)
    assert (project.stage and project.stage.code, project.due_text) == (stage, due_text)
    assert project.progress.exists()


@loaded
def test_matters_said_to_be_stalled_have_stood_in_planning_for_long(program: Program) -> None:
    stalled = Finding.objects.filter(program=program, category__code="stalled").select_related("project__stage")
    assert stalled.count() == 6
    for finding in stalled:
        project = finding.project
        assert project is not None
        assert project.stage is not None
        assert project.stage_since is not None
        assert project.stage.code == "planning"
        assert (names.NOW - project.stage_since).days > 75


@loaded
def test_what_inspectors_wrote_down_agrees_with_the_records(program: Program) -> None:
    answers = Answer.objects.filter(inspection__round__program=program)
    assert answers.filter(item__code="leader_came", value="是").count() == 96
    assert answers.filter(item__code="plan", value="是").count() == 112
    assert answers.filter(item__code="three_year", value="是").count() == 109
    assert (
        answers.filter(item__code="diary")
        .exclude(value="完整")
        .exclude(inspection__team__unit__short_name__in=names.NOT_DOCKED)
        .count()
        == 5
    )


@loaded
def test_needs_are_in_all_states(program: Program) -> None:
    needs = Need.objects.filter(program=program)
    assert needs.filter(solved=True).exists()
    assert needs.filter(closed_on__isnull=False, solved=False).exists()
    assert needs.open().filter(due_on__lt=names.NOW).exists()
    assert needs.open().filter(due_on__gte=names.NOW).exists()


@loaded
@pytest.mark.parametrize(
    ("username", "role"),
    [
        ("xianban", Role.COUNTY),
        ("zhenban", Role.TOWN),
        ("danwei", Role.UNIT),
        ("duizhang", Role.TEAM),
        ("ganbu", Role.CADRE),
        ("ducha", Role.INSPECTOR),
        ("lingdao", Role.LEADER),
        ("admin", Role.ADMINISTRATOR),
    ],
)
def test_each_account_has_its_role_and_opens_its_own(program: Program, username: str, role: str) -> None:
    user = User.objects.get(username=username)
    assert role in roles_in(user, program.pk)
    assert may(user, "home.view", program)
    assert Village.objects.visible_to(user).filter(pk="370685104229").exists()


@loaded
def test_the_sign_in_page_can_name_the_accounts(program: Program) -> None:
    named = program.settings["demo_accounts"]
    assert [account["username"] for account in named] == list(names.ACCOUNTS)
    assert User.objects.get(username=named[0]["username"]).check_password(named[0]["password"])
    team = User.objects.exclude(username__in=names.ACCOUNTS).filter(username__startswith="dui-").first()
    assert team is not None
    assert not team.has_usable_password()


@loaded
def test_what_was_loaded_can_be_taken_out_without_a_trace_of_rows(program: Program) -> None:
    remove_program(program)

    for model in (Program, Unit, Cadre, Team, Visit, Project, Finding, Village, Household):
        assert not model._default_manager.exists()
    local = [code for code in Division.objects.values_list("code", flat=True) if len(code) == 12 and code[-3:] >= "600"]
    assert not local
    assert Division.objects.filter(code="370685104229").exists()
    assert User.objects.filter(username="xianban").exists()


@loaded
def test_what_another_program_works_with_is_not_taken_out(program: Program) -> None:
    unit = Unit.objects.get(short_name="市住建局")
    place = Division.objects.get(code="370685104229")
    other = make.ProgramFactory(code="other", jurisdiction=program.jurisdiction)
    make.PairingFactory(program=other, unit=unit, division=place)

    with pytest.raises(UsedElsewhere, match="不能清除"):
        remove_program(program)
    assert Team.objects.filter(program=program).count() == 116
