"""The lists of cadres, work teams and their members."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet

from cadres.models import (
    Cadre,
    Leadership,
    Milestone,
    Post,
    Team,
    TeamMember,
    Visit,
)
from programs.listing import (
    CaseFilter,
    ChoiceFilter,
    Column,
    Create,
    Listing,
    ObjectFilter,
    Setting,
    TermFilter,
    TownFilter,
    register_listing,
    yes_no,
)
from programs.listing.counting import CountOf, latest_of
from programs.membership import in_program
from programs.models import Unit, UnitLevel
from programs.rules.masking import mask_phone
from villages.models import Village

Members = TeamMember.Role


def first_secretary_of(team: Any) -> Any:
    """The team's 第一书记 of today, from the members fetched with it."""
    return next((seat.cadre for seat in team.current_members if seat.role == Members.FIRST_SECRETARY), None)


def with_members(rows: QuerySet[Team], setting: Setting) -> QuerySet[Team]:
    """Teams with the members they have today."""
    seats = TeamMember.objects.active_on(setting.today).select_related("cadre").order_by("pk")
    return rows.prefetch_related(Prefetch("members", seats, to_attr="current_members"))


def _teams(rows: QuerySet[Team], setting: Setting) -> QuerySet[Team]:
    visits = Visit.objects.counted().filter(program=setting.program, participants__team=OuterRef("pk"))
    rows = rows.select_related("village__division__parent", "unit").annotate(
        member_count=CountOf(TeamMember.objects.active_on(setting.today).filter(team=OuterRef("pk"))),
        last_visit=latest_of(visits, "happened_at"),
    )
    return with_members(rows, setting)


def _cadres(rows: QuerySet[Cadre], setting: Setting) -> QuerySet[Cadre]:
    posts = Post.objects.active_on(setting.today).select_related("unit").order_by("since", "pk")
    seats = TeamMember.objects.active_on(setting.today).filter(team__program=setting.program).select_related("team")
    visits = Visit.objects.counted().filter(program=setting.program, participants__cadre=OuterRef("pk"))
    return rows.annotate(last_visit=latest_of(visits, "happened_at")).prefetch_related(
        Prefetch("posts", posts, to_attr="current_posts"),
        Prefetch("memberships", seats.order_by("pk"), to_attr="current_seats"),
    )


def _led_by(value: str) -> Callable[[Setting], Q]:
    def condition(setting: Setting) -> Q:
        return Q(pk__in=Post.objects.active_on(setting.today).filter(leadership=value).values("cadre_id"))

    return condition


register_listing(
    Listing(
        model=Team,
        title="工作队",
        noun="工作队",
        permission="team.view",
        route="cadres:team-list",
        create=Create("新建工作队", "cadres:team-create", "team.change"),
        search=("name", "pinyin", "initials", "members__cadre__name", "members__cadre__initials"),
        search_hint="队名、村、队员、拼音或首字母",
        order=("village_id",),
        prepare=_teams,
        columns=(
            Column(key="name", label="工作队", value="self", sort=("pinyin",), width=28),
            Column(key="village", label="村", value="village", sort=("village__pinyin",), width=14),
            Column(key="town", label="镇街", value="village.division.parent", sort=("village_id",), width=12),
            Column(key="unit", label="派出单位", value="unit", sort=("unit__pinyin",), width=20),
            Column(key="secretary", label="第一书记", value=lambda team, _: first_secretary_of(team), width=16),
            Column(key="members", label="队员", value="member_count", sort=("member_count",), kind="number", width=8),
            Column(key="last", label="最近走访", value="last_visit", sort=("last_visit",), kind="day", width=14),
            Column(
                key="since", label="进驻日期", value="since", sort=("since",), kind="day", width=14, only_exported=True
            ),
            Column(
                key="until", label="撤离日期", value="until", sort=("until",), kind="day", width=14, only_exported=True
            ),
        ),
        filters=(
            TownFilter(lookup="village_id"),
            ChoiceFilter(key="level", label="单位级别", lookup="unit__level", options=UnitLevel),
            CaseFilter(
                key="secretary",
                label="第一书记",
                cases=(
                    ("has", "已有", lambda setting: Q(pk__in=_with_secretary(setting))),
                    ("none", "空缺", lambda setting: ~Q(pk__in=_with_secretary(setting))),
                ),
            ),
            TermFilter(
                key="milestone",
                label="已到节点",
                lookup="milestones__kind",
                vocabularies=("milestone",),
                multi=True,
                more=True,
            ),
            CaseFilter(
                key="state",
                label="状态",
                more=True,
                cases=(
                    ("now", "在驻", lambda setting: Q(until__isnull=True) | Q(until__gte=setting.today)),
                    ("ended", "已撤离", lambda setting: Q(until__lt=setting.today)),
                ),
            ),
            ObjectFilter(key="village", label="村", model=Village, build=lambda pk: Q(village_id=pk)),
            ObjectFilter(
                key="unit",
                label="单位",
                model=Unit,
                build=lambda pk: Q(unit_id=pk) | Q(members__unit_id=pk),
                multi=True,
            ),
            ObjectFilter(key="cadre", label="干部", model=Cadre, build=lambda pk: Q(members__cadre_id=pk), multi=True),
        ),
    )
)


def _with_secretary(setting: Setting) -> Any:
    seats = TeamMember.objects.active_on(setting.today).filter(role=Members.FIRST_SECRETARY)
    return seats.values("team_id")


def _member_state(row: Any, setting: Setting) -> str:
    return "在队" if row.is_active_on(setting.today) else "已离队"


register_listing(
    Listing(
        model=TeamMember,
        title="队员",
        noun="队员",
        counter="名",
        permission="team.view",
        route="cadres:member-list",
        scope=lambda rows, program: rows.filter(team__program=program),
        search=("cadre__name", "cadre__pinyin", "cadre__initials", "team__name", "unit__short_name", "unit__pinyin"),
        search_hint="姓名、工作队、单位、拼音或首字母",
        order=("team__village_id", "team_id", "role"),
        name_of=lambda seat: str(seat.cadre),
        prepare=lambda rows, _: rows.select_related("cadre", "unit", "team__village"),
        columns=(
            Column(key="cadre", label="姓名或岗位", value="cadre", sort=("cadre__pinyin",), width=18),
            Column(key="role", label="身份", value="get_role_display", sort=("role",), width=10),
            Column(key="team", label="工作队", value="team", sort=("team__pinyin",), width=28),
            Column(key="village", label="村", value="team.village", sort=("team__village__pinyin",), width=14),
            Column(key="unit", label="派出单位", value="unit", sort=("unit__pinyin",), width=20),
            Column(key="since", label="到队日期", value="since", sort=("since",), kind="day", width=14),
            Column(key="until", label="离队日期", value="until", sort=("until",), kind="day", width=14),
        ),
        filters=(
            ChoiceFilter(key="role", label="身份", lookup="role", options=TeamMember.Role),
            CaseFilter(
                key="state",
                label="状态",
                cases=(
                    (
                        "now",
                        "在队",
                        lambda setting: (
                            Q(since__lte=setting.today) & (Q(until__isnull=True) | Q(until__gte=setting.today))
                        ),
                    ),
                    ("gone", "已离队", lambda setting: Q(until__lt=setting.today)),
                ),
            ),
            TownFilter(lookup="team__village_id"),
            ObjectFilter(key="team", label="工作队", model=Team, build=lambda pk: Q(team_id=pk)),
            ObjectFilter(key="unit", label="单位", model=Unit, build=lambda pk: Q(unit_id=pk)),
            ObjectFilter(key="cadre", label="干部", model=Cadre, build=lambda pk: Q(cadre_id=pk)),
        ),
    )
)

register_listing(
    Listing(
        model=Cadre,
        title="帮扶干部",
        noun="干部",
        counter="名",
        permission="cadre.view",
        route="cadres:cadre-list",
        create=Create("登记干部", "cadres:cadre-create", "cadre.change"),
        scope=in_program,
        search=("name", "pinyin", "initials", "posts__unit__short_name", "posts__title"),
        search_hint="姓名、单位、职务、拼音或首字母",
        order=("pinyin",),
        prepare=_cadres,
        columns=(
            Column(key="name", label="姓名或岗位", value="self", sort=("pinyin",), width=18),
            Column(
                key="unit",
                label="单位",
                value=lambda row, _: list(dict.fromkeys(post.unit for post in row.current_posts)),
                width=22,
            ),
            Column(key="post", label="职务", value=lambda row, _: [post.title for post in row.current_posts], width=14),
            Column(
                key="leadership",
                label="岗位",
                value=lambda row, setting: list(
                    dict.fromkeys(setting.program.call(post.get_leadership_display()) for post in row.current_posts)
                ),
                width=12,
            ),
            Column(
                key="team", label="工作队", value=lambda row, _: [seat.team for seat in row.current_seats], width=28
            ),
            Column(
                key="role",
                label="队内身份",
                value=lambda row, setting: [
                    setting.program.call(seat.get_role_display()) for seat in row.current_seats
                ],
                width=10,
                only_exported=True,
            ),
            Column(key="phone", label="手机", value=lambda row, _: mask_phone(row.phone), width=14),
            Column(key="last", label="最近走访", value="last_visit", sort=("last_visit",), kind="day", width=14),
        ),
        filters=(
            CaseFilter(
                key="leadership",
                label="岗位",
                cases=tuple((str(value), str(label), _led_by(value)) for value, label in Leadership.choices),
            ),
            CaseFilter(
                key="seat",
                label="工作队",
                cases=(
                    ("secretary", "第一书记", lambda setting: Q(pk__in=_seats(setting).filter(role="first_secretary"))),
                    ("any", "队员（含第一书记）", lambda setting: Q(pk__in=_seats(setting))),
                    ("none", "不在工作队", lambda setting: ~Q(pk__in=_seats(setting))),
                ),
            ),
            ChoiceFilter(
                key="level", label="单位级别", lookup="posts__unit__level", options=UnitLevel, multi=True, more=True
            ),
            yes_no("account", "登录账号", "已开通", "未开通", Q(user__isnull=False), more=True),
            yes_no("party", "党员", "党员", "非党员", Q(is_party_member=True), more=True),
            ObjectFilter(
                key="unit",
                label="单位",
                model=Unit,
                build=lambda pk: Q(posts__unit_id=pk) | Q(posts__unit__parent_id=pk),
                multi=True,
            ),
            ObjectFilter(
                key="team", label="工作队", model=Team, build=lambda pk: Q(memberships__team_id=pk), multi=True
            ),
        ),
    )
)


def _seats(setting: Setting) -> Any:
    return TeamMember.objects.active_on(setting.today).filter(team__program=setting.program).values("cadre_id")


register_listing(
    Listing(
        model=Post,
        title="职务",
        noun="职务",
        permission="cadre.view",
        scope=lambda rows, _: rows,
        order=("-since",),
        name_of=None,
        prepare=lambda rows, _: rows.select_related("cadre", "unit", "division"),
        columns=(
            Column(key="unit", label="单位", value="unit", width=22),
            Column(key="title", label="职务", value="title", width=14),
            Column(key="rank", label="职级", value="rank", width=12),
            Column(key="leadership", label="岗位", value="get_leadership_display", width=12),
            Column(
                key="place",
                label="挂职地",
                value=lambda row, _: row.division if row.is_secondment else None,
                width=14,
            ),
            Column(key="since", label="起", value="since", kind="day", width=14),
            Column(key="until", label="止", value="until", kind="day", width=14),
            Column(key="cadre", label="干部", value="cadre", width=16),
        ),
        filters=(
            ObjectFilter(key="cadre", label="干部", model=Cadre, build=lambda pk: Q(cadre_id=pk)),
            ObjectFilter(key="unit", label="单位", model=Unit, build=lambda pk: Q(unit_id=pk)),
        ),
    )
)

register_listing(
    Listing(
        model=Milestone,
        title="工作队节点",
        noun="节点",
        permission="team.view",
        scope=lambda rows, program: rows.filter(team__program=program),
        search=("team__name", "team__pinyin", "team__initials", "paper"),
        order=("reached_on",),
        name_of=lambda row: str(row.team),
        prepare=lambda rows, _: rows.select_related("team__village", "team__unit", "kind", "member__cadre"),
        columns=(
            Column(key="team", label="工作队", value="team", sort=("team__pinyin",), width=28),
            Column(key="kind", label="节点", value=lambda row, _: str(row.kind), sort=("kind__position",), width=16),
            Column(key="member", label="队员", value="member.cadre", width=16),
            Column(key="on", label="完成日期", value="reached_on", sort=("reached_on",), kind="day", width=14),
            Column(key="paper", label="文件", value="paper", wraps=True, width=34),
            Column(key="unit", label="派出单位", value="team.unit", sort=("team__unit__pinyin",), width=20),
        ),
        filters=(
            TermFilter(key="kind", label="节点", lookup="kind", vocabularies=("milestone",)),
            TownFilter(lookup="team__village_id"),
            ObjectFilter(key="team", label="工作队", model=Team, build=lambda pk: Q(team_id=pk)),
        ),
    )
)
