"""Bulletins read: the list, an issue, its files."""

from __future__ import annotations

import io
from pathlib import PurePath
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin

from programs import exports
from programs.listing import listing_for, listing_page
from programs.models import Program, User
from programs.permissions import guard, may
from reports.bulletins.freezing import is_intact
from reports.bulletins.issued import IssuedPage
from reports.bulletins.paper import document_of
from reports.bulletins.reading import DRAFT, readable
from reports.models import Bulletin, BulletinStep
from reports.typesetting.docx import render_docx
from reports.typesetting.html import to_html
from reports.typesetting.pool import PdfError, shared_pool
from reports.views.desk import desk_page, steps_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def bulletin_or_404(request: HttpRequest, program: Program, pk: int) -> Bulletin:
    """A bulletin that the person may read; a draft is not there for those who only read issues."""
    rows = readable(program, cast(User, request.user)).select_related("program__jurisdiction", "round", "drafted_by")
    found: Bulletin = get_object_or_404(rows, pk=pk)
    return found


@guard("bulletin.view")
def bulletin_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Bulletins by year and number."""
    return listing_page(request, program, listing_for(Bulletin), readable(program, cast(User, request.user)))


@guard("bulletin.view")
def bulletin_detail(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """An issued bulletin with its figures as links; the desk while it is drafted; the paper while it is signed."""
    bulletin = bulletin_or_404(request, program, pk)
    if bulletin.is_open:
        return desk_page(request, program, bulletin)
    context = {
        "program": program,
        "bulletin": bulletin,
        "crumbs": [("简报和文稿", reverse("reports:bulletin-list", args=[program.code])), (str(bulletin), "")],
        "steps": steps_of(bulletin),
        "may_draft": may(request.user, DRAFT, program),
    }
    if not bulletin.is_issued:
        return render(request, "reports/bulletin_signing.html", context)
    context |= {"page": IssuedPage(bulletin, cast(User, request.user)), "is_intact": is_intact(bulletin)}
    return render(request, "reports/bulletin_issued.html", context)


@xframe_options_sameorigin
@guard("bulletin.view")
def bulletin_paper(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """The paper as a page, for a frame or a window of its own."""
    return HttpResponse(to_html(document_of(bulletin_or_404(request, program, pk)), "screen"))


@guard("bulletin.view")
def bulletin_pdf(request: HttpRequest, program: Program, pk: int) -> HttpResponseBase:
    """The PDF: of an issued bulletin always the same bytes."""
    bulletin = bulletin_or_404(request, program, pk)
    try:
        content = shared_pool().render(document_of(bulletin))
    except PdfError as error:
        messages.error(request, str(error))
        return redirect("reports:bulletin-detail", program.code, pk)
    return _file(request, bulletin, content, "pdf", "application/pdf")


@guard("bulletin.view")
def bulletin_word(request: HttpRequest, program: Program, pk: int) -> HttpResponseBase:
    """The Word file, for the office that wants to touch it up."""
    bulletin = bulletin_or_404(request, program, pk)
    return _file(request, bulletin, render_docx(document_of(bulletin)), "docx", DOCX)


@guard("bulletin.draft")
def bulletin_scan(request: HttpRequest, program: Program, pk: int, step: int) -> HttpResponseBase:
    """The scan of a signature on paper."""
    rows = BulletinStep.objects.visible_to(request.user).filter(bulletin__program=program, bulletin=pk)
    found: BulletinStep = get_object_or_404(rows.exclude(scan="").select_related("bulletin"), pk=step)
    what = f"{found.bulletin}简报签批扫描件"
    taken = exports.Taken(user=cast(User, request.user), program=program, what=what)
    kind = PurePath(found.scan.name or "").suffix
    return exports.attachment(
        taken, found.scan.open(), f"{what}{kind}", content_type="application/octet-stream", row_count=1
    )


def _file(request: HttpRequest, bulletin: Bulletin, content: bytes, kind: str, content_type: str) -> HttpResponseBase:
    what = str(bulletin) if bulletin.is_report else f"{bulletin}简报"
    if not bulletin.is_issued:
        what += f"（{bulletin.state_label}）"
    taken = exports.Taken(user=cast(User, request.user), program=bulletin.program, what=f"{what}{kind}")
    return exports.attachment(taken, io.BytesIO(content), f"{what}.{kind}", content_type=content_type, row_count=1)
