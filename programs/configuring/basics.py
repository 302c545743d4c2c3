"""Changes to what a program is called, who runs it and when."""

from __future__ import annotations

from typing import Any

from programs.changes import action, required, saved
from programs.configuring.rows import opened
from programs.models import Program, User


@action
def change_program(
    *, by: User, program: Program, version: str | None, name: str, short_name: str, **values: Any
) -> Program:
    """Change a program's own data; what was logged stays, figures follow the new dates."""
    found = opened(program, version)
    given = values | {"name": required(name, "名称", "name"), "short_name": required(short_name, "简称", "short_name")}
    for field, value in given.items():
        setattr(found, field, value)
    return saved(found)
