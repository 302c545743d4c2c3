"""Uploaded files: checked by size and by what they really are, and kept while a form goes back for another mistake."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

if TYPE_CHECKING:
    from programs.forms.base import ScopedForm

LARGEST = 20 * 1024 * 1024
_LARGEST_TEXT = "20 MB"
_HELD = "held"
_SALT = "programs.forms.files"
_KEEP_FOR = dt.timedelta(days=1)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: What an office hands in, and how each kind of file begins.
KINDS: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".doc": (_OLE,),
    ".docx": (_ZIP,),
    ".xls": (_OLE,),
    ".xlsx": (_ZIP,),
    ".wps": (_OLE, _ZIP),
    ".et": (_OLE, _ZIP),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
}
_KINDS_TEXT = "PDF、Word、Excel、WPS 文件和 JPG、PNG 图片"


class UploadInput(forms.FileInput):
    """A file box that says which file it already has, in the record or from the last attempt."""

    template_name = "components/widgets/upload.html"
    refused = False
    owner: Any = None

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """A new file, or the ticket of one kept from the last attempt."""
        return files.get(name) or data.get(f"{name}-held") or None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Neither a new file nor a ticket."""
        return name not in files and f"{name}-held" not in data

    def format_value(self, value: Any) -> None:
        """A file box never carries a value."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Keep a good file that came with a form that is shown again."""
        context = super().get_context(name, None, attrs)
        ticket = ""
        if isinstance(value, UploadedFile) and not self.refused:
            ticket = hold(value, self.owner)
        elif isinstance(value, str) and not self.refused:
            ticket = value
        held = _read_ticket(ticket, self.owner) if ticket else None
        context["widget"] |= {
            "ticket": ticket if held else "",
            "held": held["name"] if held else "",
            "recorded": "" if held or isinstance(value, (str, UploadedFile)) else PurePath(str(value or "")).name,
        }
        return context


class UploadField(forms.Field):
    """A file of a known kind, at most 20 MB; cleans to a ``File`` with the name it had."""

    widget = UploadInput
    default_error_messages = {"required": "请选择文件。"}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", f"{_KINDS_TEXT}，不超过 {_LARGEST_TEXT}。")
        self.used: str = ""
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the browser offer files of these kinds only."""
        return {"accept": ",".join(KINDS)}

    def scope(self, form: ScopedForm, name: str) -> None:
        """A kept file belongs to whoever sent it."""
        box: Any = self.widget  # an UploadInput; the stubs know only its class
        box.owner = form.user.pk

    def clean(self, value: Any) -> File[Any] | None:
        """The new file, or the one kept from the last attempt; None if there is neither."""
        box: Any = self.widget  # an UploadInput; the stubs know only its class
        if value in self.empty_values:
            self.validate(value)
            return None
        try:
            return self._kept(value) if isinstance(value, str) else self._checked(value)
        except ValidationError:
            box.refused = True
            raise

    def _kept(self, ticket: str) -> File[Any]:
        box: Any = self.widget  # an UploadInput; the stubs know only its class
        held = _read_ticket(ticket, box.owner)
        if held is None or not default_storage.exists(held["path"]):
            raise ValidationError("先前选择的文件已过期，请重新选择。", code="expired")
        self.used = held["path"]
        return File(default_storage.open(held["path"]), name=held["name"])

    def _checked(self, upload: UploadedFile) -> File[Any]:
        name = PurePath(upload.name or "").name
        kind = PurePath(name).suffix.lower()
        if kind not in KINDS:
            raise ValidationError(f"“{name}”不是可以上传的文件，请改用{_KINDS_TEXT}。", code="kind")
        if not upload.size:
            raise ValidationError(f"“{name}”是空文件，请重新选择。", code="empty")
        if upload.size > LARGEST:
            raise ValidationError(
                f"“{name}”有 {filesizeformat(upload.size)}，超过 {_LARGEST_TEXT}，请压缩后再传。", code="size"
            )
        head = upload.read(8)
        upload.seek(0)
        if not head.startswith(KINDS[kind]):
            raise ValidationError(
                f"“{name}”的内容与扩展名 {kind} 不符，可能改过名或已损坏。请用原来的软件另存后再传。", code="content"
            )
        return upload

    def release(self) -> None:
        """The form has been carried out: what was kept for it may go."""
        if self.used:
            default_storage.delete(self.used)
            self.used = ""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Any file that came is a change."""
        return bool(data)


def hold(upload: UploadedFile, owner: Any) -> str:
    """Keep an upload for a day and give the ticket by which its owner's next attempt finds it."""
    _sweep()
    upload.seek(0)
    path = default_storage.save(f"{_HELD}/{uuid.uuid4().hex}", upload)
    return signing.dumps({"path": path, "name": PurePath(upload.name or "").name, "owner": owner}, salt=_SALT)


def _read_ticket(ticket: str, owner: Any) -> dict[str, Any] | None:
    try:
        held: dict[str, Any] = signing.loads(ticket, salt=_SALT, max_age=_KEEP_FOR)
    except signing.BadSignature:
        return None
    return held if held["owner"] == owner else None


def _sweep() -> None:
    if not default_storage.exists(_HELD):
        return
    oldest = timezone.now() - _KEEP_FOR
    for name in default_storage.listdir(_HELD)[1]:
        if default_storage.get_modified_time(f"{_HELD}/{name}") < oldest:
            default_storage.delete(f"{_HELD}/{name}")
