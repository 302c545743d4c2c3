"""Program files: a program's configuration read from YAML, checked as a whole, made into rows, and written again."""

from programs.templates import core, figures
from programs.templates.comparing import RowChange
from programs.templates.making import (
    Difference,
    catalogue,
    change_by,
    content_of,
    create_program,
    difference_of,
    make_program,
    text_of,
    try_making,
)
from programs.templates.reading import BadTemplate, Node, Reading, read
from programs.templates.sections import Section, register_section, sections
from programs.templates.writing import entry

__all__ = [
    "BadTemplate",
    "Difference",
    "Node",
    "Reading",
    "RowChange",
    "Section",
    "catalogue",
    "change_by",
    "content_of",
    "core",
    "create_program",
    "difference_of",
    "entry",
    "figures",
    "make_program",
    "read",
    "register_section",
    "sections",
    "text_of",
    "try_making",
]
