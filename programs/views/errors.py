"""Pages for what went wrong: what happened, that nothing was lost, and whom to ask."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from programs.permissions import StandsStill, public


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return render(request, "errors/400.html", {"crumbs": []}, status=400)


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: a right is missing, or the program stands still."""
    why = str(exception) if isinstance(exception, StandsStill) else ""
    return render(request, "errors/403.html", {"crumbs": [], "why": why}, status=403)


@public
def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was open for too long, or came from elsewhere."""
    return render(request, "errors/csrf.html", {"crumbs": []}, status=403)


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or out of reach; the two look the same."""
    return render(request, "errors/404.html", {"crumbs": []}, status=404)


@public
def broken(request: HttpRequest) -> HttpResponse:
    """500: the page must not need what may be broken."""
    return HttpResponse(render_to_string("errors/500.html"), status=500)
