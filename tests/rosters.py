"""Rosters in tests: a real workbook goes in through the page, and what comes out is read back."""

from __future__ import annotations

import html
import io
import re
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse


def workbook(head: list[str], *lines: list[Any]) -> SimpleUploadedFile:
    """An Excel file as an office would send it."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for line in (head, *lines):
        sheet.append(line)
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile("名册.xlsx", content.getvalue())


class Roster:
    """The import and export pages of one model."""

    def __init__(self, client: Client, model: str) -> None:
        self.client, self.model = client, model

    def _address(self, page: str) -> str:
        return reverse(f"admin:{self.model}_{page}")

    def check(self, head: list[str], *lines: list[Any]) -> str:
        """Upload a sheet; the page that answers."""
        sheet = workbook(head, *lines)
        answer = self.client.post(self._address("import"), {"import_file": sheet, "format": "0", "resource": "0"})
        assert answer.status_code == 200
        return answer.content.decode()

    def bring_in(self, head: list[str], *lines: list[Any]) -> str:
        """Upload a sheet and confirm the preview; what the list then says."""
        preview = self.check(head, *lines)
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', preview))
        assert "import_file_name" in hidden, problems(preview)
        hidden = {name: html.unescape(value) for name, value in hidden.items()}
        answer = self.client.post(self._address("process_import"), hidden, follow=True)
        assert answer.status_code == 200
        return answer.content.decode()

    def take_out(self, query: str = "", reason: str = "核对名册") -> list[list[Any]]:
        """Export what the list holds; the lines of the sheet, its head first."""
        answer = self.client.post(self._address("export") + query, {"reason": reason, "format": "0", "resource": "0"})
        assert answer.status_code == 200, answer.status_code
        return read(b"".join(answer.streaming_content))  # type: ignore[attr-defined]

    def blank(self) -> list[list[Any]]:
        """The empty sheet that offices fill in."""
        return read(b"".join(self.client.get(self._address("blank")).streaming_content))  # type: ignore[attr-defined]


def read(content: bytes) -> list[list[Any]]:
    """The lines of a workbook."""
    sheet: Any = openpyxl.load_workbook(io.BytesIO(content)).active
    return [list(line) for line in sheet.iter_rows(values_only=True)]


def problems(page: str) -> list[str]:
    """What the import page says is wrong, line by line."""
    found = re.findall(r'<th scope="row">(第 \d+ 行)</th>\s*<td>(.*?)</td>', page, re.DOTALL)
    words = [f"{line}：{' '.join(re.sub(r'<[^>]+>', ' ', text).split())}" for line, text in found]
    general = re.search(r'<ul class="errorlist">(.*?)</ul>', page, re.DOTALL)
    words += [text.strip() for text in re.findall(r"<li>(.*?)</li>", general[1] if general else "", re.DOTALL)]
    return [html.unescape(text) for text in words]
