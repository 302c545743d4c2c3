"""Back-office pages whose rows come and go as Excel rosters: import with a preview, export with a reason and record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import XLSX
from import_export.forms import ExportForm
from import_export.tmp_storages import CacheStorage

from programs import exports
from programs.admin_base import ScopedAdmin, is_administrator
from programs.listing.columns import Column
from programs.models import User
from programs.rosters import RosterResult


class ReasonForm(ExportForm):
    """What an export is for."""

    reason = forms.CharField(label="用途", max_length=200, help_text="记入导出记录。身份证号和电话一律遮盖。")
    field_order = ("reason", "format")


class RosterAdmin(ImportExportMixin, ScopedAdmin):
    """Import and export of one roster."""

    formats = (XLSX,)
    export_form_class = ReasonForm
    import_template_name = "admin/roster_import.html"
    export_template_name = "admin/roster_export.html"
    # Every worker reads what any of them received.
    tmp_storage_class = CacheStorage
    skip_admin_log = True

    def has_import_permission(self, request: HttpRequest) -> bool:
        """For administrators only."""
        return is_administrator(request.user)

    def has_export_permission(self, request: HttpRequest) -> bool:
        """For administrators only."""
        return is_administrator(request.user)

    def get_import_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        """Names are looked up within the reach of whoever imports."""
        return {"user": request.user}

    def get_export_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        """The same for reading back."""
        return {"user": request.user}

    def get_urls(self) -> list[Any]:
        """Beside import and export an empty sheet to fill in."""
        name = "{}_{}_blank".format(*self.get_model_info())
        return [path("blank/", self.admin_site.admin_view(self.blank_view), name=name), *super().get_urls()]

    def blank_view(self, request: HttpRequest) -> FileResponse:
        """The head of the roster, nothing below it."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        return self._workbook(request, [], what=f"{self.opts.verbose_name}（空白表）", query="", reason="填写后导入")

    def get_import_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the import page says beside the library's own."""
        resource = self.resource_classes[0]
        return {
            "needed": "、".join(field.column_name for field in resource.fields.values() if field.needed),
            "others": "、".join(field.column_name for field in resource.fields.values() if not field.needed),
            "blank": reverse("admin:{}_{}_blank".format(*self.get_model_info())),
            "previewed": RosterResult.PREVIEWED,
        }

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        """A file that is not what its name says."""
        form.add_error("import_file", "读不出这个文件，请确认它是 Excel 工作簿（.xlsx），没有密码，另存一次再上传。")

    def add_success_message(self, result: Any, request: HttpRequest) -> None:
        """How many lines did what."""
        new, changed, same = (result.totals[kind] for kind in ("new", "update", "skip"))
        messages.success(request, f"导入完成：新增 {new} 行，更新 {changed} 行，未变 {same} 行。")

    def process_dataset(self, dataset: Any, form: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """All lines or none: a line that became wrong since the preview stops the whole import."""
        return super().process_dataset(dataset, form, request, rollback_on_validation_errors=True, **kwargs)

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        """Say what is wrong with the lines if something changed since the preview."""
        if not result.has_errors() and not result.has_validation_errors():
            return super().process_result(result, request)
        context = {
            **self.admin_site.each_context(request),
            **self.get_import_context_data(),
            "title": "导入",
            "form": self.create_import_form(request),
            "opts": self.opts,
            "result": result,
        }
        return TemplateResponse(request, [self.import_template_name], context)

    def _do_file_export(self, file_format: Any, request: HttpRequest, queryset: Any, export_form: Any = None) -> Any:
        """The workbook that all lists give, with a record of who took it and why."""
        resource = self.resource_classes[0](**self.get_export_resource_kwargs(request))
        return self._workbook(
            request,
            resource.lines(queryset),
            what=resource._meta.name or str(self.opts.verbose_name),
            query="；".join(f"{name}={value}" for name, value in request.GET.items()),
            reason=export_form.cleaned_data["reason"] if export_form else "",
        )

    def _workbook(self, request: HttpRequest, lines: Any, *, what: str, query: str, reason: str) -> FileResponse:
        assert isinstance(request.user, User)
        resource = self.resource_classes[0](user=request.user)
        columns = [
            Column(key=name, label=name, value="self", kind=kind, width=max(14, 2 * len(name) + 4))
            for name, kind in resource.kinds()
        ]
        taken = exports.Taken(user=request.user, program=None, what=what, query=query, reason=reason)
        return exports.workbook(taken, columns, lines)
