"""For whom, in which program and on which day a list is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from programs import clock
from programs.links import Doors
from programs.models import Division, DivisionLevel, Program, Term, User
from programs.permissions import may


class Setting:
    """What columns and filters may ask; it reads the program's words and towns once."""

    def __init__(self, program: Program, user: User) -> None:
        self.program = program
        self.user = user
        self._known: dict[Any, Any] = {}

    @cached_property
    def today(self) -> dt.date:
        """The program's today."""
        return clock.today(self.program)

    def once(self, key: Any, read: Callable[[], Any]) -> Any:
        """What ``read`` gives, asked for once on a page."""
        if key not in self._known:
            self._known[key] = read()
        return self._known[key]

    @cached_property
    def doors(self) -> Doors:
        """Which things' pages the person may open."""
        return Doors(self.program, self.user)

    @cached_property
    def towns(self) -> list[Division]:
        """The towns of the program's jurisdiction; their names are no secret to anybody in it."""
        rows = Division.objects.within(self.program.jurisdiction_id).filter(level=DivisionLevel.TOWN)
        return list(rows.current().order_by("code"))

    @cached_property
    def _words(self) -> list[Term]:
        return list(Term.objects.filter(program=self.program).order_by("vocabulary", "position", "pk"))

    def words(self, *vocabularies: str) -> Iterable[Term]:
        """The program's words of some vocabularies, ended ones included: old rows still bear them."""
        return [word for word in self._words if word.vocabulary in vocabularies]

    def may(self, permission: str) -> bool:
        """Whether the person may do something in the program."""
        return may(self.user, permission, self.program)
