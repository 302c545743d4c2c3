"""The checklist as a line of the settings page."""

from inspections.models import ChecklistItem
from programs.models import Program
from programs.setup import register_setup_section


def _questions(program: Program) -> int:
    return ChecklistItem.objects.filter(program=program, ended_on=None).count()


register_setup_section(
    "督查清单",
    "inspections:setup-question-list",
    _questions,
    unit="个问题",
    about="督查组到每个队问什么、怎么答。",
    icon="clipboard-check",
    position=60,
)
