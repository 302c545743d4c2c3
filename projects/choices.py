"""Which projects forms let people choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from programs.choices import Source, register_source
from programs.models import Program
from projects.models import Project

if TYPE_CHECKING:
    from programs.scoping import AnyUser


def _projects(program: Program, user: AnyUser) -> models.QuerySet[Any]:
    return Project.objects.visible_to(user).filter(program=program, ended_on__isnull=True).select_related("team")


PROJECTS = register_source(
    Source(
        name="project",
        noun="项目",
        permission="project.view",
        rows=_projects,
        detail=lambda project: str(project.team or ""),
        example="项目名称，或拼音首字母",
    ),
    Project,
)
