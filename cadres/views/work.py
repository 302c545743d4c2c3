"""The pages of visits, needs, documents and meetings."""

from __future__ import annotations

from typing import cast

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cadres.listings.records import period_of
from cadres.listings.visits import need_state, responsible_for, with_participants
from cadres.models import Document, Meeting, Need, Visit, VisitHousehold
from cadres.versions import versions_of
from programs import exports
from programs.models import Program, User
from programs.objectpage import facts, object_page, setting_of
from programs.permissions import guard


@guard("visit.view")
def visit_detail(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A visit: who went where, what was said and done, and its earlier and later versions."""
    setting = setting_of(request, program)
    reached = Visit.objects.visible_to(request.user).filter(program=program)
    households = VisitHousehold.objects.select_related("household").order_by("pk")
    rows = with_participants(reached.select_related("division__parent", "kind", "recorded_by")).prefetch_related(
        Prefetch("households", households, to_attr="met"), "quantities__item"
    )
    visit = get_object_or_404(rows, pk=pk)
    return object_page(
        request,
        setting,
        visit,
        "cadres/visit_detail.html",
        crumbs=[("走访", reverse("cadres:visit-list", args=[program.code]))],
        facts=facts(
            setting,
            ("走访时间", visit.happened_at),
            ("所到村", visit.division),
            ("镇街", visit.division.parent),
            ("种类", str(visit.kind)),
            ("结果", visit.get_outcome_display()),
            ("登记人", str(visit.recorded_by)),
            ("收到时间", visit.received_at),
            ("实物量", [f"{one.item}{one.amount.normalize():f}{one.item.unit}" for one in visit.quantities.all()]),
        ),
        versions=versions_of(visit),
    )


@guard("need.view")
def need_detail(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A need, what was done about it, and how it was closed."""
    setting = setting_of(request, program)
    reached = Need.objects.visible_to(request.user).filter(program=program)
    need = get_object_or_404(
        reached.select_related(
            "division__parent",
            "household",
            "visit",
            "category",
            "responsible_unit",
            "responsible_team",
            "responsible_cadre",
            "recorded_by",
        ),
        pk=pk,
    )
    return object_page(
        request,
        setting,
        need,
        "cadres/need_detail.html",
        crumbs=[("诉求", reverse("cadres:need-list", args=[program.code]))],
        facts=facts(
            setting,
            ("状态", need_state(need, setting)),
            ("类别", str(need.category)),
            ("村", need.division),
            ("农户", need.household),
            ("责任", responsible_for(need, setting)),
            ("提出日期", need.raised_on),
            ("办理期限", need.due_on),
            ("人次", need.persons, "number"),
            ("来自走访", need.visit),
            ("登记人", str(need.recorded_by)),
            *(
                [("销号日期", need.closed_on), ("销号理由", need.close_reason), ("群众确认", need.close_evidence)]
                if need.closed_on
                else []
            ),
        ),
    )


@guard("document.view")
def document_detail(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A document with the parts that its kind demands."""
    setting = setting_of(request, program)
    reached = Document.objects.visible_to(request.user).filter(program=program)
    rows = reached.select_related("kind", "division", "unit", "team", "cadre", "household", "recorded_by")
    document = get_object_or_404(rows.prefetch_related("parts"), pk=pk)
    filled = {part.name for part in document.parts.all()}
    return object_page(
        request,
        setting,
        document,
        "cadres/document_detail.html",
        crumbs=[("材料", reverse("cadres:document-list", args=[program.code]))],
        facts=facts(
            setting,
            ("种类", str(document.kind)),
            ("所涉地", document.division),
            ("单位", document.unit),
            ("工作队", document.team),
            ("干部", document.cadre),
            ("农户", document.household),
            ("所属期", period_of(document)),
            ("收到日期", document.received_on),
            ("登记人", str(document.recorded_by)),
        ),
        missing=[name for name in document.kind.parts if name not in filled],
    )


@guard("document.view")
def document_file(request: HttpRequest, program: Program, pk: int) -> HttpResponseBase:
    """Hand out a document's file."""
    reached = Document.objects.visible_to(request.user).filter(program=program).exclude(file="")
    document = get_object_or_404(reached, pk=pk)
    taken = exports.Taken(user=cast(User, request.user), program=program, what=f"材料附件：{document.title}")
    return exports.stored_file(taken, document.file)


@guard("meeting.view")
def meeting_detail(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A meeting with what each side said, what was decided and what followed."""
    setting = setting_of(request, program)
    reached = Meeting.objects.visible_to(request.user).filter(program=program)
    rows = reached.select_related("kind", "division", "unit", "team", "recorded_by").prefetch_related("items")
    meeting = get_object_or_404(rows, pk=pk)
    return object_page(
        request,
        setting,
        meeting,
        "cadres/meeting_detail.html",
        crumbs=[("会议", reverse("cadres:meeting-list", args=[program.code]))],
        facts=facts(
            setting,
            ("种类", str(meeting.kind)),
            ("日期", meeting.on),
            ("地点", meeting.division),
            ("召集单位", meeting.unit),
            ("工作队", meeting.team),
            ("参加人员", meeting.attendees),
            ("登记人", str(meeting.recorded_by)),
        ),
        items=sorted(meeting.items.all(), key=lambda one: (list(one.Side.values).index(one.side), one.pk)),
    )
