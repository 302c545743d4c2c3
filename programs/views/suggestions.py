"""Suggestions: from every page to the county office, and what it answered; and the record of exports."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from programs.context_processors import chosen_program
from programs.forms.suggestions import AnswerForm, SuggestionForm
from programs.listing import listing_for, listing_page
from programs.models import Export, Program, Suggestion, User
from programs.permissions import guard
from programs.suggesting import answer_suggestion, make_suggestion, suggestions_of


@guard("suggestion.create")
def suggestions(request: HttpRequest) -> HttpResponse:
    """Write a suggestion about the page one came from, and read the answers to one's own."""
    user = cast(User, request.user)
    program = chosen_program(request, list(Program.objects.visible_to(user).order_by("-starts_on", "pk")))
    page = request.POST.get("page") or request.GET.get("page", "")
    form = SuggestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        make_suggestion(text=form.cleaned_data["text"], page=page, program=program, by=user)
        messages.success(request, "已收到，谢谢。县级办公室会看到，答复会显示在“意见建议”页上。")
        safe = url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()})
        return redirect(page if safe else "suggestions")
    context = {"form": form, "page": page, "mine": suggestions_of(user), "crumbs": []}
    return render(request, "programs/suggestions.html", context, status=400 if form.errors else 200)


@guard("suggestion.view")
def suggestion_list(request: HttpRequest, program: Program) -> HttpResponse:
    """All suggestions of the program."""
    listing = listing_for(Suggestion)
    return listing_page(request, program, listing, listing.rows(program, cast(User, request.user)))


@guard("suggestion.view")
def suggestion_detail(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Read a suggestion and answer it."""
    reached = Suggestion.objects.visible_to(request.user).select_related("user")
    suggestion = get_object_or_404(reached, pk=pk, program=program)
    form = AnswerForm(request.POST or None, instance=suggestion)
    if request.method == "POST" and form.is_valid():
        answer_suggestion(suggestion=suggestion, reply=form.cleaned_data["reply"])
        messages.success(request, "答复已保存，提出人可以看到。")
        return redirect("programs:suggestion-list", program.code)
    return render(request, "programs/suggestion_detail.html", {"suggestion": suggestion, "form": form, "crumbs": []})


@guard("suggestion.view")
def export_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Who took what out of the program, when and why."""
    listing = listing_for(Export)
    return listing_page(request, program, listing, listing.rows(program, cast(User, request.user)))
