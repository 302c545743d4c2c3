"""How an office uses the pages of a program's configuration: it chooses, gets the fields that follow, fills them."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.pages import filled


def setup_url(page: str = "", program: str = "zhaoyuan") -> str:
    """The address of a page below a program's settings."""
    return f"/p/{program}/setup/{page}"


def fill(client: Client, address: str, *choices: dict[str, Any], **values: Any) -> Any:
    """Open a form, choose step by step without scripts, each step bringing its fields, then fill in and send."""
    data: dict[str, Any] = filled(client.get(address))
    for choice in choices:
        page = client.post(address, data | choice | {"_again": "1"})
        assert page.status_code == 200
        assert not page.context["form"].errors
        data = filled(page)
        for name, value in choice.items():
            assert data[name] == [value], name
    # A box that is not ticked sends nothing; anything else must stand on the page to be filled in.
    unknown = [name for name, value in values.items() if name not in data and value != "on" and type(value) is not list]
    assert not unknown
    return client.post(address, data | values)
