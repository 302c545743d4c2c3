"""The forms of a program's life: a new one, a file for one, its start and its end, its own words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from programs.choices import Source
from programs.configuring.carrying import carry_overs
from programs.forms.base import ScopedForm, Section
from programs.forms.fields import DayField, NameField
from programs.forms.picking import PickField
from programs.models import Division, DivisionLevel, Program
from programs.permissions import PERMISSIONS
from programs.refusals import Refusal
from programs.rules import words
from programs.scoping import grants_of
from programs.templates import BadTemplate, Node, read

if TYPE_CHECKING:
    from programs.scoping import AnyUser

LARGEST = 2_000_000
_CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def counties(program: Program, user: AnyUser) -> Any:
    """The counties for which somebody may set up a program; whoever keeps the whole system may choose any."""
    rows = Division.objects.filter(level__in=[DivisionLevel.CITY, DivisionLevel.COUNTY]).current()
    rows = rows.select_related("parent")
    if any(grant.dimension == "everything" for grant in grants_of(user)):
        return rows
    own = Program.objects.visible_to(user, PERMISSIONS["program.create"]).values("jurisdiction_id")
    return rows.filter(pk__in=own)


COUNTIES = Source(
    name="county",
    noun="辖区",
    permission="program.create",
    rows=counties,
    names=("short_name", "name"),
    detail=lambda place: place.parent.short_name if place.parent else "",
    example="县（市、区）名，或拼音首字母",
)


class CountyField(PickField):
    """A county; the search has an address of its own, for there may be no program yet."""

    def search_url(self, name: str) -> str:
        """Where the browser asks for what matches."""
        return f"{reverse('county-list')}?name={name}"


class FileText(forms.Textarea):
    """The text of a file, in even columns, so that its indents can be seen."""

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 22, "spellcheck": "false", "class": "form-control file-text", "wrap": "off"})


class FileForm(ScopedForm):
    """A program's file, uploaded or pasted. ``content`` is what it says; what is wrong is in ``wrong_lines``."""

    upload = forms.FileField(
        label="选择文件",
        required=False,
        help_text="从别的活动导出的 .yaml 文件。也可以直接把内容粘贴在下面。",
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.txt"}),
    )
    text = forms.CharField(label="文件内容", required=False, strip=False, widget=FileText)

    content: Node | None = None

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        self.undecodable = ""
        upload = files.get("upload") if files else None
        if data is not None and upload is not None:
            # What was uploaded stands in the text area from now on: there it can be mended, and is not lost.
            data = data.copy()
            data["text"] = self._decoded(upload)
        super().__init__(data, None, **kwargs)

    def _decoded(self, upload: Any) -> str:
        if upload.size > LARGEST:
            self.undecodable = "文件太大，不像是活动的配置文件。"
            return ""
        content = upload.read()
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return str(content.decode(encoding)).replace("\r\n", "\n")
            except UnicodeDecodeError:
                continue
        self.undecodable = "这个文件不是文本，请选择从平台导出的 .yaml 文件。"
        return ""

    def clean_text(self) -> str:
        """Read the file; what is wrong is told with its line."""
        if self.undecodable:
            raise ValidationError(self.undecodable)
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        if not text.strip():
            raise ValidationError("请选择文件，或把内容粘贴进来。")
        try:
            self.content = read(text)
        except BadTemplate as bad:
            self.take_back(bad)
        return text

    def refuse(self, refusal: Refusal) -> None:
        """A file that is refused only when it is used is told like any other."""
        if isinstance(refusal, BadTemplate):
            self.take_back(refusal)
        else:
            super().refuse(refusal)

    def take_back(self, bad: BadTemplate) -> None:
        """Say what is wrong with the file, line by line."""
        if "text" not in self.fields:
            self.add_error(None, bad.message)
            return
        for line in bad.lines:
            self.add_error("text", line)

    @property
    def wrong_lines(self) -> list[tuple[int, str, bool]]:
        """The lines of the file that were refused, with those around them: number, text, whether it is the one."""
        told = " ".join(map(str, self.errors.get("text", [])))
        wrong = {int(number) for number in re.findall(r"第 (\d+) 行", told)}
        lines = str(self.data.get("text", "")).splitlines()
        near = sorted({number + step for number in wrong for step in (-1, 0, 1)})
        return [(number, lines[number - 1], number in wrong) for number in near if 0 < number <= len(lines)][:60]


class ProgramForm(FileForm):
    """A new program: its own name, county, office and days; the rest comes from a template, a file or a copy."""

    refused_as = {"on": "starts_on"}

    name = NameField(label="全称", max_length=100, help_text="文件里的正式名称。")
    short_name = NameField(label="简称", max_length=30, help_text="页面顶上和切换活动时显示。")
    code = forms.CharField(
        label="代号", max_length=50, help_text="网址里用的小写字母和数字，如 shili-2026；建好以后不再改。"
    )
    jurisdiction = CountyField(COUNTIES, label="辖区")
    office = NameField(label="主管办公室", max_length=100, help_text="简报的编发单位默认用它。")
    starts_on = DayField(label="开始日期")
    ends_on = DayField(label="结束日期", required=False, help_text="还没定就不填。")
    carry = forms.MultipleChoiceField(label="一并带过来", required=False, widget=forms.CheckboxSelectMultiple)

    sections = (
        Section("文件", ("upload", "text")),
        Section("新活动", ("name", "short_name", "code", "jurisdiction", "office", "starts_on", "ends_on")),
        Section("工作对象", ("carry",), "不带过来的，建好以后再登记或导入。"),
    )

    def __init__(self, *args: Any, source: Program | None = None, takes_file: bool = False, **kwargs: Any) -> None:
        self.source, self.takes_file = source, takes_file
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """Ask for a file only where one is wanted, and for what may come along only in a copy."""
        if not self.takes_file:
            del self.fields["upload"], self.fields["text"]
        else:
            for name in ("name", "short_name", "code", "jurisdiction", "office", "starts_on", "ends_on"):
                self.fields[name].required = False
                self.fields[name].help_text = "不填就用文件里的。"
        offered = [(one, one.count(self.source)) for one in carry_overs()] if self.source else []
        offered = [(one, count) for one, count in offered if count]
        if not offered:
            del self.fields["carry"]
            return
        box: Any = self.fields["carry"]
        box.choices = [(one.name, f"{self.program.say(one.label)}（{count:,}）：{one.about}") for one, count in offered]

    def clean_code(self) -> str:
        """Letters and digits, not yet taken."""
        code = str(self.cleaned_data["code"]).strip().lower()
        if code and not _CODE.fullmatch(code):
            raise ValidationError("代号只能用小写字母、数字和短横，并以字母开头，如 shili-2026。")
        return code

    def clean(self) -> dict[str, Any]:
        """What was left empty comes from the file; days in their order."""
        data = super().clean() or self.cleaned_data
        if self.content is not None:
            given = self.content["program"]
            for name in ("name", "short_name", "code", "office", "starts_on", "ends_on"):
                if data.get(name) in (None, "") and given.get(name) not in (None, ""):
                    data[name] = given[name]
                elif data.get(name) in (None, "") and name != "ends_on" and name not in self.errors:
                    self.add_error(name, "文件里没有，请填写。")
            self._find_county(data, given)
        if data.get("code") and Program.objects.filter(code=data["code"]).exists():
            self.add_error("code", f"代号“{data['code']}”已被别的活动使用，请换一个。")
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        try:
            if starts_on and ends_on and ends_on < starts_on:
                self.add_error("ends_on", "结束日期不能早于开始日期。")
        except TypeError:
            self.add_error("starts_on", "文件里的日期不对，请在这里填写。")
        return data

    def _find_county(self, data: dict[str, Any], given: Node) -> None:
        if data.get("jurisdiction") is None and "jurisdiction" not in self.errors:
            rows = counties(self.program, self.user).filter(pk=str(given.get("jurisdiction", "")))
            data["jurisdiction"] = rows.first()
            if data["jurisdiction"] is None:
                self.add_error("jurisdiction", "文件里的辖区不在可选范围内，请选择。")

    def values(self) -> dict[str, Any]:
        """The program's own data."""
        names = ("code", "name", "short_name", "jurisdiction", "office", "starts_on", "ends_on")
        return {name: self.cleaned_data.get(name) for name in names}


class ImportForm(FileForm):
    """A file for a program that is there already."""

    with_program = forms.BooleanField(
        label="名称、办公室和起止日期也照文件改",
        required=False,
        help_text="从别的活动拿来的文件，一般不勾。",
    )


class EndForm(ScopedForm):
    """The last day of a program."""

    on = DayField(label="活动结束于", past=True, help_text="这一天是最后一天，页面和数据都停在这一天。")

    def prepare(self) -> None:
        """The day that was planned, if it has come."""
        planned = self.program.ends_on
        self.propose(on=planned if planned and planned <= self.today else self.today)


class ReopenForm(ScopedForm):
    """A program goes on."""

    ends_on = DayField(label="新的结束日期", required=False, help_text="还没定就不填。")


class NamesForm(ScopedForm):
    """What the program calls people, teams and ways of pairing; an empty field means the usual word."""

    def prepare(self) -> None:
        """A field for each word, and a box where the program may do without."""
        self.arranged: list[Section] = []
        names = self.program.names
        self._ask("", {key: one.default for key, one in words.WORDS.items()}, names, "人和队伍")
        for key, (title, known) in words.GROUPS.items():
            self._ask(key, known, names.get(key) or {}, title)

    def _ask(self, group: str, known: dict[str, str], given: dict[str, Any], title: str) -> None:
        asked = []
        # What the program may do without stands last, each word beside its box.
        order = sorted(known, key=lambda key: (group or key) in words.MAY_BE_HIDDEN)
        for key in order:
            default = known[key]
            name = f"{group}__{key}"
            help_text = "" if group else words.WORDS[key].about
            self.fields[name] = forms.CharField(
                label=default, required=False, max_length=words.LONGEST, strip=True, help_text=help_text
            )
            self.fields[name].widget.attrs["placeholder"] = default
            hidden = given.get(key) is False
            self.initial.setdefault(name, "" if hidden else given.get(key, ""))
            asked.append(name)
            if (group or key) in words.MAY_BE_HIDDEN:
                self.fields[f"{name}__hidden"] = forms.BooleanField(label=f"本活动没有“{default}”", required=False)
                self.initial.setdefault(f"{name}__hidden", hidden)
                asked.append(f"{name}__hidden")
        self.arranged.append(Section(title, tuple(asked)))

    def arrangement(self) -> Iterable[Section]:
        """The words by what they stand for."""
        return self.arranged

    def names(self) -> dict[str, Any]:
        """The words as the program keeps them."""
        found: dict[str, Any] = dict(self._given("", words.WORDS))
        for key, (_, known) in words.GROUPS.items():
            group = dict(self._given(key, known))
            if group:
                found[key] = group
        return found

    def _given(self, group: str, known: Any) -> Any:
        for key in known:
            name = f"{group}__{key}"
            if self.cleaned_data.get(f"{name}__hidden"):
                yield key, False
            elif self.cleaned_data.get(name):
                yield key, self.cleaned_data[name]
