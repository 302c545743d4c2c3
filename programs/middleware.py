"""What every response carries: the program that was chosen last, and what a browser may load."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

#: Everything comes from here. Styles may stand in elements: charts and print previews set widths.
CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors "
)
SESSION_KEY = "program"

Next = Callable[[HttpRequest], HttpResponse]


def remember_program(get_response: Next) -> Next:
    """Keep the program of the last page in the session, so that the choice sticks."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        program = getattr(request, "program", None)
        if program is not None and request.session.get(SESSION_KEY) != program.code:
            request.session[SESSION_KEY] = program.code
        return response

    return middleware


def content_policy(get_response: Next) -> Next:
    """Forbid scripts and frames from anywhere else, and frames of others around our pages."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # A page that may stand in a frame of ours says so itself.
        ancestors = "'self'" if response.headers.get("X-Frame-Options") == "SAMEORIGIN" else "'none'"
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY + ancestors)
        return response

    return middleware
