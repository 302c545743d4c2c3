"""What the database itself refuses: to change, remove or add to what was issued, whoever tries it and by what path."""

from __future__ import annotations

import pgtrigger

_ISSUED = "bulletin.state IN ('issued', 'withdrawn')"
_OF_FIGURE = "reports_bulletin AS bulletin WHERE bulletin.id = {row}.bulletin_id"
_OF_ROW = (
    "reports_bulletin AS bulletin JOIN reports_frozenfigure AS figure ON figure.bulletin_id = bulletin.id"
    " WHERE figure.id = {row}.figure_id"
)
# A demonstration is taken away again as a whole.
_DEMONSTRATION = "SELECT 1 FROM programs_program AS program WHERE program.id = {id} AND program.is_demonstration"


def _refuse(name: str, operation: pgtrigger.Operation, condition: str, words: str) -> pgtrigger.Trigger:
    """A trigger that refuses a change in words."""
    returned = "OLD" if operation is pgtrigger.Delete else "NEW"
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        func=f"IF {condition} THEN RAISE EXCEPTION '{words}'; END IF; RETURN {returned};",
    )


def _issued(rows: str, more: str = "") -> str:
    return f"EXISTS (SELECT 1 FROM {rows} AND {_ISSUED}{more})"  # noqa: S608 - constants of this module


def _not_added(bulletin: str) -> pgtrigger.Trigger:
    rows = bulletin.format(row="NEW")
    return _refuse("nothing_added", pgtrigger.Insert, _issued(rows), "简报已签发，不能再增加冻结内容。")


def _not_changed() -> pgtrigger.Trigger:
    return _refuse("nothing_changed", pgtrigger.Update, "TRUE", "已记下的内容不能修改。")


def _not_removed(bulletin: str) -> pgtrigger.Trigger:
    rows = bulletin.format(row="OLD")
    unless = f" AND NOT EXISTS ({_DEMONSTRATION.format(id='bulletin.program_id')})"
    return _refuse("nothing_removed", pgtrigger.Delete, _issued(rows, unless), "简报已签发，这些内容不能删除。")


#: An issued bulletin changes in one way only: it is withdrawn, with a reason.
ISSUED_STAYS = [
    _refuse(
        "issued_stays",
        pgtrigger.Update,
        "OLD.state = 'withdrawn' OR (OLD.state = 'issued' AND (NEW.state NOT IN ('issued', 'withdrawn')"
        " OR (NEW.state = 'issued' AND NEW.withdrawn_reason <> OLD.withdrawn_reason)"
        " OR to_jsonb(NEW) - ARRAY['state', 'withdrawn_reason']"
        " <> to_jsonb(OLD) - ARRAY['state', 'withdrawn_reason']))",
        "简报已签发，不能修改，只能撤回。",
    ),
    _refuse(
        "issued_is_kept",
        pgtrigger.Delete,
        f"OLD.state IN ('issued', 'withdrawn') AND NOT EXISTS ({_DEMONSTRATION.format(id='OLD.program_id')})",
        "简报已签发，不能删除，只能撤回。",
    ),
]
STEPS_STAY = [_not_changed(), _not_removed(_OF_FIGURE)]
FIGURES_STAY = [_not_added(_OF_FIGURE), _not_changed(), _not_removed(_OF_FIGURE)]
ROWS_STAY = [_not_added(_OF_ROW), _not_changed(), _not_removed(_OF_ROW)]
