"""Pages on which an office keeps the words of its program."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from programs.configuring.uses import in_words, uses_of
from programs.configuring.words import add_word, change_word
from programs.forms.setup.words import ABOUT, WordForm
from programs.models import Program, Term
from programs.permissions import guard
from programs.views.forms import row_to_change, saved
from programs.views.setup.base import CHANGE, Group, Line, Page, keep_row, list_page, posted, setup_form

TITLE = "词表"


@guard("program.change")
def vocabulary_list(request: HttpRequest, program: Program) -> HttpResponse:
    """All vocabularies with the words in use."""
    rows = Term.objects.visible_to(request.user).filter(program=program, ended_on=None)
    words: dict[str, list[str]] = {}
    for vocabulary, label in rows.order_by("position", "pk").values_list("vocabulary", "label"):
        words.setdefault(vocabulary, []).append(label)
    lines = [
        Line(
            row=None,
            title=str(vocabulary.label),
            sentence="、".join(words.get(vocabulary, [])) or "还没有词",
            note=ABOUT.get(vocabulary, ""),
            url=_list(program, vocabulary),
            marks=(f"{len(words.get(vocabulary, []))} 个",),
            may_move=False,
            may_end=False,
        )
        for vocabulary in Term.Vocabulary
    ]
    lead = "登记时的选项都来自这些词表。用到哪个就填哪个，没用到的可以空着。"
    return list_page(request, program, Page(TITLE, lead, [Group("", lines)]))


@guard("program.change")
def word_list(request: HttpRequest, program: Program, vocabulary: str) -> HttpResponse:
    """The words of one vocabulary, with how often each is used."""
    kind = _known(vocabulary)
    rows = Term.objects.visible_to(request.user).filter(program=program, vocabulary=vocabulary)
    found = list(rows.select_related("parent").order_by("position", "pk"))
    uses = uses_of(program, found)
    lines = [
        Line(
            row=row,
            title=row.label,
            sentence="；".join(_about(row)),
            note=in_words(uses[row.pk]) or "还没有用到",
            url=reverse("programs:setup-word-change", args=[program.code, row.pk]),
            may_delete=not uses[row.pk],
            deeds=reverse("programs:setup-word-keep", args=[program.code, row.pk]),
        )
        for row in found
    ]
    page = Page(
        title=kind.label,
        lead=ABOUT.get(kind, ""),
        groups=[Group("", [line for line in lines if line.row.ended_on is None])],
        ended=[line for line in lines if line.row.ended_on is not None],
        create_url=reverse("programs:setup-word-create", args=[program.code, vocabulary]),
        create_label="新增词",
        empty="这个词表还没有词，登记时就没有这一项可选。",
        crumbs=((TITLE, _all(program)),),
    )
    return list_page(request, program, page)


@guard("program.change")
def word_create(request: HttpRequest, program: Program, vocabulary: str) -> HttpResponse:
    """Add a word."""
    kind = _known(vocabulary)
    form = WordForm(posted(request), program=program, user=request.user, vocabulary=vocabulary)
    if form.is_valid() and form.carry_out(
        add_word, by=request.user, program=program, vocabulary=vocabulary, **form.values
    ):
        message = f"已在“{kind.label}”中新增“{form.result}”。"
        return saved(request, program, form.result, message, _list(program, vocabulary))
    return _form(request, program, form, f"新增{kind.label}")


@guard("program.change")
def word_change(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Rename a word, or change what belongs to it."""
    row = _row(request, program, pk)
    form = WordForm(posted(request), program=program, user=request.user, row=row, vocabulary=row.vocabulary)
    if form.is_valid():
        values = {"version": form.cleaned_data["version"]} | form.values
        if form.carry_out(change_word, by=request.user, word=row, **values):
            return saved(request, program, row, f"已保存“{form.result}”。", _list(program, row.vocabulary))
    return _form(request, program, form, f"修改{row.get_vocabulary_display()}")


@require_POST
@guard("program.change")
def word_keep(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Move, end, resume or delete a word."""
    row = _row(request, program, pk)
    rows = Term.objects.visible_to(request.user).filter(program=program, vocabulary=row.vocabulary, ended_on=None)
    return keep_row(
        request, program, row, lambda: list(rows.order_by("position", "pk")), _list(program, row.vocabulary)
    )


def _known(vocabulary: str) -> Term.Vocabulary:
    if vocabulary not in Term.Vocabulary.values:
        raise Http404
    return Term.Vocabulary(vocabulary)


def _about(row: Term) -> list[str]:
    found = [f"单位：{row.unit}"] if row.unit else []
    found += [f"归入：{row.parent}"] if row.parent else []
    found += [f"须写明：{'、'.join(row.parts)}"] if row.parts else []
    return found + (["到这一步就是完成"] if row.is_final else [])


def _row(request: HttpRequest, program: Program, pk: int) -> Term:
    found: Term = row_to_change(Term.objects.filter(program=program).select_related("program"), request, CHANGE, pk=pk)
    return found


def _all(program: Program) -> str:
    return reverse("programs:setup-vocabulary-list", args=[program.code])


def _list(program: Program, vocabulary: str) -> str:
    return reverse("programs:setup-word-list", args=[program.code, vocabulary])


def _form(request: HttpRequest, program: Program, form: WordForm, title: str) -> HttpResponse:
    section = (form.vocabulary.label, _list(program, form.vocabulary))
    return setup_form(
        request,
        program,
        form,
        title=title,
        section=section,
        above=[(TITLE, _all(program))],
        lead=ABOUT.get(form.vocabulary, ""),
    )
