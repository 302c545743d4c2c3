"""Pages as somebody without scripts uses them: what stands in a form is sent back with it, changed where one types."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client


class _Form(HTMLParser):
    """The successful controls of the page's own form."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.inside = self.hidden = 0
        self.open_select = self.open_textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        name = found.get("name", "")
        if tag == "form" and "data-guard" in found:
            self.inside = 1
        elif tag == "template":
            self.hidden += 1
        if not self.inside or self.hidden:
            return
        if tag == "input" and name and found.get("type") not in ("submit", "file"):
            if found.get("type") not in ("checkbox", "radio") or "checked" in found:
                ticked = "on" if found.get("type") == "checkbox" else ""
                self.values.setdefault(name, []).append(found.get("value", ticked))
        elif tag == "select":
            self.open_select = name
            self.values.setdefault(name, [])
        elif tag == "option" and self.open_select:
            chosen = self.values[self.open_select]
            if "selected" in found:
                self.values[self.open_select] = [found["value"]]
            elif not chosen:
                chosen.append(found["value"])
        elif tag == "textarea":
            self.open_textarea = name
            self.values[name] = [""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = 0
        elif tag == "template":
            self.hidden -= 1
        elif tag == "select":
            self.open_select = ""
        elif tag == "textarea":
            self.open_textarea = ""

    def handle_data(self, data: str) -> None:
        if self.open_textarea and self.inside and not self.hidden:
            # A browser drops the line break right after the tag.
            self.values[self.open_textarea][0] += data.removeprefix("\n").removeprefix("\r\n")


def filled(response: HttpResponse) -> dict[str, list[str]]:
    """What the form on a page would send as it stands."""
    parser = _Form()
    parser.feed(response.content.decode())
    return parser.values


def send(client: Client, address: str, **changes: Any) -> Any:
    """Open a form, type ``changes`` over what it holds (None takes a value away) and send it."""
    data: dict[str, Any] = filled(client.get(address))
    for name, value in changes.items():
        key = name.replace("__", "-")
        if value is None:
            data.pop(key, None)
        else:
            data[key] = value
    return client.post(address, data)


def errors(response: Any) -> dict[str, str]:
    """The first message by each field of the page's form; rows of a part as ``part-0-field``."""
    form = response.context["form"]
    found = {(name if name != "__all__" else ""): messages[0] for name, messages in form.errors.items()}
    for part in form.parts.values():
        for row in part:
            found |= {f"{row.prefix}-{name}": messages[0] for name, messages in row.errors.items()}
    return found
