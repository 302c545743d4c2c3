"""The sections that every program's file has: its own data, names, words and requirements."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from programs.figures import registry
from programs.models import Division, Program, Requirement, Term
from programs.rules import words
from programs.templates.comparing import CHANGED, FieldChange, RowChange
from programs.templates.reading import BadTemplate, Node, Reading
from programs.templates.sections import Keys, register_section
from programs.templates.writing import entry

ENDED_ON = {"ended_on": "the day from which it is no longer used"}

PROGRAM: Keys = {
    "code": "short name for addresses, lower case",
    "name": "full name",
    "short_name": "name in lists and on the switch of programs",
    "jurisdiction": "division code of the county, in quotes",
    "office": "the office that runs it; it signs footers and bulletins",
    "starts_on": "first day",
    "ends_on": "last day; leave out if it is open",
    "pinned_on": "the day a demonstration stands still on",
    "is_demonstration": "true for invented data",
    "asks_position": "true to let visits carry a position",
    "asks_photos": "true to let visits carry photos",
    "notes": "anything else worth saying",
}
#: What an existing program takes from a file when its office asks for it; the rest is its own for ever.
CHANGEABLE = ("name", "short_name", "office", "starts_on", "ends_on", "asks_position", "asks_photos", "notes")


def program_of(node: Node, changes: dict[str, Any]) -> Program:
    """A new program from the file's first section; ``changes`` replace what it says."""
    values = {key: value for key, value in node.items() if key in PROGRAM and value is not None} | changes
    program = Program(**{key: value for key, value in values.items() if key != "jurisdiction"})
    reading = Reading(program, section="program")
    reading.take(node, PROGRAM)
    for name in ("code", "name", "short_name", "jurisdiction", "office", "starts_on"):
        if values.get(name) in (None, ""):
            reading.wrong(node, f"缺少“{name}”。")
    place = values.get("jurisdiction")
    found = place if isinstance(place, Division) else Division.objects.filter(code=str(place)).first()
    if found is None:
        reading.wrong(node, f"辖区代码“{place}”不在行政区划表中，请先导入区划。")
        raise BadTemplate(reading.problems)
    program.jurisdiction = found
    reading.save(program, node)
    if reading.problems:
        raise BadTemplate(reading.problems)
    return program


def change_program(reading: Reading, node: Node) -> None:
    """Give an existing program the names and days that a file has for it."""
    reading.take(node, PROGRAM)
    row = Program.objects.get(pk=reading.program.pk)
    for name in CHANGEABLE:
        if node.get(name) is not None:
            setattr(row, name, node[name])
    if reading.save(row, node):
        reading.program = row


def write_program(program: Program) -> dict[str, Any]:
    """The program's own data."""
    return entry(program, PROGRAM, line=False)


def read_names(reading: Reading, content: Any) -> None:
    """What the program calls people, teams and ways of pairing."""
    node = reading.take(content or Node(), (*words.WORDS, *words.GROUPS))
    found: dict[str, Any] = {}
    for key, given in node.items():
        if key in words.WORDS:
            if _is_word(reading, node, key, given, may_hide=key in words.MAY_BE_HIDDEN):
                found[key] = given
        elif key in words.GROUPS:
            known = words.GROUPS[key][1]
            group = reading.take(given, known)
            named = {
                name: word
                for name, word in group.items()
                if name in known and _is_word(reading, group, name, word, may_hide=key in words.MAY_BE_HIDDEN)
            }
            if named:
                found[key] = named
    program = reading.program
    if found == program.names:
        return
    fields = [
        FieldChange(words.label_of(key), _said(program.names.get(key)), _said(found.get(key)))
        for key in (*words.WORDS, *words.GROUPS)
        if found.get(key) != program.names.get(key)
    ]
    reading.changes.append(RowChange("names", CHANGED, "用语", "本活动的叫法", fields))
    program.names = found
    program.save(update_fields=["names"])


def _is_word(reading: Reading, node: Node, key: str, given: Any, *, may_hide: bool) -> bool:
    if given is False and may_hide:
        return True
    if isinstance(given, str) and 0 < len(given) <= words.LONGEST:
        return True
    hide = "，或 false 表示本活动没有" if may_hide else ""
    reading.wrong(node, f"“{key}”应写成 1 到 {words.LONGEST} 个字{hide}。")
    return False


def _said(given: Any) -> str:
    if isinstance(given, dict):
        return "、".join(_said(word) for word in given.values())
    return "（没有）" if given is False else str(given or "（通用叫法）")


def read_vocabularies(reading: Reading, content: Any) -> None:
    """Words, by vocabulary."""
    content = content or Node()
    # Groups of problems come first: categories name them as their parent.
    for vocabulary in sorted(content, key=lambda name: name != "problem_group"):
        if vocabulary not in Term.Vocabulary.values:
            reading.wrong(content, f"没有“{vocabulary}”这个词表。")
            continue
        if not isinstance(content[vocabulary] or [], list):
            reading.wrong(content, f"词表“{vocabulary}”应写成列表。")
            continue
        for position, item in enumerate(content[vocabulary] or []):
            _word(reading, vocabulary, item, position)


TERM: Keys = {
    "code": "lower case; files and conditions name the word by it",
    "label": "the word",
    "unit": "measure word, for kinds of quantities",
    "parent": "code of a problem_group, for categories of findings",
    "parts": "what a document of this kind must contain",
    "is_final": "true if reaching it means done, as 完工",
} | ENDED_ON


def _word(reading: Reading, vocabulary: str, item: Any, position: int) -> None:
    node = reading.take(item, TERM, ("code", "label"))
    parent = reading.terms.get(("problem_group", node.get("parent", "")))
    if node.get("parent") and parent is None:
        reading.wrong(node, f"词表 problem_group 没有“{node['parent']}”。")
    term = Term(
        program=reading.program,
        vocabulary=vocabulary,
        code=node.get("code", ""),
        label=node.get("label", ""),
        unit=node.get("unit", ""),
        parent=parent,
        parts=node.get("parts", []),
        is_final=node.get("is_final", False),
        ended_on=node.get("ended_on"),
        position=position,
    )
    if reading.save(term, node):
        reading.terms[vocabulary, term.code] = term


def write_vocabularies(program: Program) -> dict[str, Any]:
    """Words, each on a line."""
    found: dict[str, Any] = {}
    for term in _terms(program).select_related("parent"):
        found.setdefault(term.vocabulary, []).append(entry(term, TERM))
    return found


def _terms(program: Program) -> QuerySet[Term]:
    return Term.objects.filter(program=program).order_by("vocabulary", "position", "pk")


def load_words(reading: Reading) -> None:
    """Words that are there already, for a file without its own."""
    reading.terms |= {(term.vocabulary, term.code): term for term in _terms(reading.program)}


REQUIREMENT: Keys = {
    "code": "lower case; figures, blocks and questions name it by this",
    "name": "short name, as in lists of what is owed",
    "rule": "the sentence of the document it comes from",
    "subject": "who owes it",
    "who": "conditions on the subject",
    "evidence": "what counts as done",
    "evidence_params": "conditions on the evidence",
    "at_least": "how many times; 1 if left out",
    "cadence": "how often: once, week, fortnight, month, quarter, half_year or year; once if left out",
    "due_on": "last day, for what is owed once",
    "due_day": "last day of each period",
    "starts_on": "from when it is owed, if later than the program",
    "takes_marks": "false if an office may not tick it by hand",
    "problem_group": "the group of problems that those fall into who have not done it",
} | ENDED_ON


def read_requirements(reading: Reading, content: list[Any]) -> None:
    """Who owes what, how often and by when."""
    for position, item in enumerate(content):
        node = reading.take(item, REQUIREMENT, ("code", "name", "subject", "evidence"))
        subject = registry.subject_kinds.get(node.get("subject", ""))
        evidence = registry.evidences.get(node.get("evidence", ""))
        if subject is None or evidence is None:
            reading.wrong(
                node,
                f"“subject”可用：{'、'.join(registry.subject_kinds)}；“evidence”可用：{'、'.join(registry.evidences)}。",
            )
            continue
        if subject.name not in evidence.subjects:
            reading.wrong(node, f"“{evidence.label}”不能作为{subject.label}的凭据。")
        values = {key: node[key] for key in REQUIREMENT if key in node}
        values["who"] = reading.params(node, node.get("who"), subject.params)
        values["evidence_params"] = reading.params(node, node.get("evidence_params"), evidence.params)
        if "problem_group" in node:
            values["problem_group"] = reading.terms.get(("problem_group", node["problem_group"]))
            if values["problem_group"] is None:
                reading.wrong(node, f"词表 problem_group 没有“{node['problem_group']}”。")
        row = Requirement(program=reading.program, position=position, **values)
        if reading.save(row, node):
            reading.requirements[row.code] = row


def write_requirements(program: Program) -> list[Any]:
    """Requirements, key by key."""
    return [entry(row, REQUIREMENT, line=False) for row in _requirements(program).select_related("problem_group")]


def _requirements(program: Program) -> QuerySet[Requirement]:
    return Requirement.objects.filter(program=program).order_by("position", "pk")


def load_requirements(reading: Reading) -> None:
    """Requirements that are there already, for a file without its own."""
    reading.requirements |= {row.code: row for row in _requirements(reading.program)}


register_section(
    "names",
    read_names,
    write=lambda program: program.names,
    title="用语",
    unit="个",
    about="What the program calls people, teams, ways of pairing and roles; what is left out has its usual name. "
    "Where it is allowed, false says that the program does without.",
    tables={
        "names": {key: f"{known.default}: {known.about}" for key, known in words.WORDS.items()}
        | {key: f"{title}: {'、'.join(known)}" for key, (title, known) in words.GROUPS.items()}
    },
    shape=dict,
)
register_section(
    "vocabularies",
    read_vocabularies,
    write=write_vocabularies,
    rows=lambda reading: [_terms(reading.program)],
    load=load_words,
    title="词表",
    unit="个词",
    about="The words that forms offer, by vocabulary: "
    + ", ".join(f"`{value}` ({label})" for value, label in Term.Vocabulary.choices)
    + ".",
    tables={"a word": TERM},
    shape=dict,
)
register_section(
    "requirements",
    read_requirements,
    write=write_requirements,
    rows=lambda reading: [_requirements(reading.program)],
    load=load_requirements,
    title="要求",
    about="Who owes what evidence, how often and by when.",
    tables={"a requirement": REQUIREMENT},
)
