"""Rosters in Excel: Chinese columns, names looked up within reach, and what is wrong said row by row in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models
from import_export import fields, resources
from import_export.instance_loaders import BaseInstanceLoader
from import_export.results import Result, RowResult

from programs.refusals import Refusal, refusal_for_database
from programs.roster_cells import Personal, Text, plain

if TYPE_CHECKING:
    from programs.scoping import AnyUser

#: Columns that offices keep beside a roster and nobody reads.
IDLE_COLUMNS = {"", "序号", "备注"}
#: How the last line of a workbook that we handed out ends.
NOTE = "内部资料，注意保管。"


class RosterField(fields.Field):
    """A column of a roster; ``needed`` ones must be in the sheet and filled in every row."""

    def __init__(self, attribute: str | None, column_name: str, widget: Text, *, needed: bool = False) -> None:
        super().__init__(attribute=attribute, column_name=column_name, widget=widget)
        self.needed = needed

    def clean(self, row: Any, **kwargs: Any) -> Any:
        """The cell's value; an empty one that is needed is refused."""
        cell = row.get(self.column_name)
        if self.needed and not plain(cell):
            raise ValueError("不能为空。")
        return self.widget.clean(cell, row=row)

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        """Put the value on the row; personal numbers may stay as they were."""
        value = self.clean(row)
        if isinstance(self.widget, Personal):
            value = self.widget.kept(value, getattr(instance, self.attribute) or "")
        setattr(instance, self.attribute, value)


class RosterResult(Result):
    """What would come of a sheet; the page shows the first lines only, all of them are checked."""

    PREVIEWED = 100

    @property
    def previewed_rows(self) -> list[Any]:
        """The first lines that would be written or stay as they are."""
        return [row for row in self.rows if getattr(row, "diff", None)][: self.PREVIEWED]


class RosterDiff(resources.Diff):
    """A line before and after, as the roster itself would hand it out: places by name, numbers masked."""

    def __init__(self, resource: RosterResource, instance: Any, new: bool) -> None:
        self.left = self._cells(resource, instance)
        self.right: list[Any] = []
        self.new = new

    def compare_with(self, resource: RosterResource, instance: Any) -> None:
        """What the line would become."""
        self.right = self._cells(resource, instance)

    @staticmethod
    def _cells(resource: RosterResource, instance: Any) -> list[Any]:
        return [resource.export_field(field, instance) for field in resource.get_import_fields()]


class RosterResource(resources.Resource):
    """A roster: which columns, how a line finds its row, and what it says when it cannot."""

    class Meta:
        instance_loader_class = BaseInstanceLoader
        use_transactions = True
        clean_model_instances = True
        report_skipped = True

    def __init__(self, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.user = user
        for field in self.fields.values():
            self._lend_user(field)

    def _lend_user(self, field: Any) -> None:
        field.widget.user = self.user
        if getattr(field.widget, "inside", None) is not None:
            self._lend_user(field.widget.inside)

    @classmethod
    def get_display_name(cls) -> str:
        """The roster's own name."""
        return str(cls._meta.name)

    @classmethod
    def get_result_class(cls) -> type[RosterResult]:
        """A result that knows its preview."""
        return RosterResult

    @classmethod
    def get_diff_class(cls) -> type[RosterDiff]:
        """Before and after in the roster's own words."""
        return RosterDiff

    # Reading

    def init_instance(self, row: Any = None) -> Any:
        """A new row."""
        return self._meta.model()

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Refuse a sheet whose head is not this roster's."""
        heads = [plain(head) for head in dataset.headers or []]
        dataset.headers = heads
        columns = {field.column_name: field for field in self.fields.values()}
        missing = [name for name, field in columns.items() if field.needed and name not in heads]
        unknown = [head for head in heads if head not in columns and head not in IDLE_COLUMNS]
        problems = []
        if missing:
            problems.append(f"缺少列：{'、'.join(missing)}。")
        if unknown:
            problems.append(f"不认识的列：{'、'.join(unknown)}。")
        if problems:
            del dataset[0 : len(dataset)]
            raise ValueError(f"{''.join(problems)}第一行须是列名，可用的列：{'、'.join(columns)}。")

    def _check_import_id_fields(self, headers: Any) -> None:
        """The head has been checked; a line finds its row by ``find``."""

    def get_instance(self, instance_loader: Any, row: Any) -> Any:
        """The row that a line is about; what is wrong with the line is said when its cells are read."""
        try:
            return self.find(row)
        except ValueError:
            return None

    def find(self, row: Any) -> Any:
        """The row that a line is about, or None for a new one."""
        raise NotImplementedError

    def cell(self, row: Any, name: str) -> Any:
        """The value in the column of a field, None when the sheet lacks the column."""
        field = self.fields[name]
        return field.clean(row) if field.column_name in row else None

    def import_row(self, row: Any, instance_loader: Any, **kwargs: Any) -> Any:
        """One line; what is wrong is said under the column's own name."""
        cells = [plain(cell) for cell in row.values()]
        if not any(cells) or (cells[0].endswith(NOTE) and not any(cells[1:])):
            idle = self.get_row_result_class()()
            idle.import_type = RowResult.IMPORT_TYPE_SKIP
            return idle
        result = super().import_row(row, instance_loader, **kwargs)
        if result.validation_error is not None:
            result.validation_error = self._in_words(result.validation_error)
        for problem in result.errors:
            if isinstance(problem.error, IntegrityError):
                refusal = refusal_for_database(problem.error)
                problem.error = refusal.message if refusal else problem.error
            elif isinstance(problem.error, Refusal):
                problem.error = problem.error.message
        return result

    def _in_words(self, error: ValidationError) -> ValidationError:
        columns = {field.attribute: field.column_name for field in self.fields.values() if field.attribute}
        words: dict[str, list[str]] = {}
        for name, messages in error.message_dict.items():
            # A field without a column of its own stays silent: the columns it follows from have said why.
            if said := [message for message in messages if message]:
                words.setdefault(columns.get(name, "" if name == NON_FIELD_ERRORS else name), []).extend(said)
        return ValidationError({name or NON_FIELD_ERRORS: messages for name, messages in words.items()})

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """The model's own checks, besides what could not be read."""
        errors = dict(import_validation_errors or {})
        try:
            instance.full_clean(exclude=set(errors), validate_unique=validate_unique)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    # Writing

    def kinds(self) -> list[tuple[str, str]]:
        """The columns with what they hold, for the workbook."""
        return [(field.column_name, field.widget.kind) for field in self.fields.values()]

    def lines(self, rows: models.QuerySet[Any]) -> Iterable[list[Any]]:
        """The lines of the workbook, personal numbers masked."""
        for row in self.spread(rows):
            yield self.export_resource(row)

    def spread(self, rows: models.QuerySet[Any]) -> Iterable[Any]:
        """The rows in order; a roster with several lines for one row repeats it."""
        return rows.iterator(chunk_size=500)
