"""A program's life as a file: written and read again, tried out, refused by line, copied, compared with another."""

from __future__ import annotations

from pathlib import Path

import pytest

from programs.models import Program
from programs.templates import (
    catalogue,
    content_of,
    create_program,
    read,
    text_of,
)
from tests import factories as make

pytestmark = pytest.mark.django_db


def sample(tmp_path: Path, text: str) -> Program:
    """A program made from a text."""
    path = tmp_path / "program.yaml"
    path.write_text(text, encoding="utf-8")
    return create_program(path)


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_what_is_written_can_be_read_and_is_the_same(code: str, tmp_path: Path) -> None:
    """For every template that is shipped: written, read, written again, nothing is lost, added or moved."""
    make.DivisionFactory(code=read(catalogue()[code].read_text())["program"]["jurisdiction"])
    program = create_program(code)
    written = text_of(program)
    Program.objects.filter(pk=program.pk).update(code="before")
    again = sample(tmp_path, written)
    assert content_of(again) == content_of(program) | {"program": content_of(program)["program"] | {"code": code}}
    assert text_of(again) == written
