"""The form of a word of a vocabulary: only what its vocabulary knows is asked for."""

from __future__ import annotations

from typing import Any

from django import forms

from programs.forms.fields import NameField
from programs.forms.setup.base import SetupForm
from programs.models import Term

V = Term.Vocabulary
#: What belongs to the words of some vocabularies beside their name.
WITH_UNIT = (V.QUANTITY,)
WITH_PARENT = {V.FINDING_CATEGORY: V.PROBLEM_GROUP}
WITH_PARTS = (V.DOCUMENT_KIND,)
WITH_END = (V.PROJECT_STAGE, V.FUND_STATE)

#: What each vocabulary is for, in a short sentence.
ABOUT: dict[str, str] = {
    V.VISIT_KIND: "登记走访时选：入户走访、慰问、调研……",
    V.NEED_CATEGORY: "登记诉求时选：道路、水利、就业……",
    V.DOCUMENT_KIND: "交材料时选：年度计划、月报……",
    V.MEETING_KIND: "登记会议时选：例会、座谈会……",
    V.MILESTONE: "工作队做到的节点：对接到位、组织关系转移……",
    V.PROJECT_CATEGORY: "项目属于哪一类：基础设施、产业……",
    V.PROJECT_STAGE: "项目走到哪一步，按先后排列：规划、施工、完工……",
    V.FUND_SOURCE: "钱从哪里来：财政、单位自有、捐款……",
    V.FUND_STATE: "钱到了哪一步，按先后排列：争取、落实、到位……",
    V.QUANTITY: "项目做了多少：路面（平方米）、水井（口）……",
    V.METHOD: "怎么督查：入村询问、查看材料……",
    V.FINDING_CATEGORY: "督查发现的具体问题，可归到“问题归类”。",
    V.PROBLEM_GROUP: "简报里问题分成的几大类。",
    V.PRAISE_CATEGORY: "督查中值得表扬的方面。",
    V.SANCTION: "对问题怎么处理：通报批评、约谈……",
    V.VILLAGE_TAG: "给村贴的标签：后进村、精品村……",
    V.HOUSEHOLD_TAG: "农户属于哪一类：低保户、困难户……",
    V.PERSON_TAG: "人员属于哪一类：困难党员、留守儿童……",
    V.HARDSHIP: "因为什么困难：因病、缺劳动力……",
    V.HONOUR: "授予农户的荣誉：最美家庭……",
    V.TASK: "帮扶人要做的几件事，印在联系卡上。",
}


class WordForm(SetupForm):
    """A word: its name, and what its vocabulary asks for."""

    label = NameField(label="名称", max_length=100, help_text="选项里就这样显示。改了名称，已有记录跟着变。")
    unit = forms.CharField(label="计量单位", max_length=20, help_text="如 平方米、口、盏。")
    parent = forms.ModelChoiceField(
        Term.objects.none(), label="归到哪一类", required=False, empty_label="（不归类）", help_text="简报里按类合计。"
    )
    parts = forms.CharField(  # type: ignore[assignment]  # a form has parts of its own, by another way
        label="必须写明的部分",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="一行一个，如“四个明确”：目标任务、工作措施、完成时限、责任人。不填就不检查。",
    )
    is_final = forms.BooleanField(label="到这一步就是完成", required=False, help_text="如项目的“完工”。")

    def __init__(self, *args: Any, vocabulary: str, **kwargs: Any) -> None:
        self.vocabulary = V(vocabulary)
        super().__init__(*args, **kwargs)

    def values_of(self, row: Term) -> dict[str, Any]:
        """Parts one a line."""
        return super().values_of(row) | {"parts": "\n".join(row.parts)}

    def prepare(self) -> None:
        """Drop what the vocabulary does not know."""
        if self.vocabulary not in WITH_UNIT:
            del self.fields["unit"]
        if self.vocabulary not in WITH_PARTS:
            del self.fields["parts"]
        if self.vocabulary not in WITH_END:
            del self.fields["is_final"]
        group = WITH_PARENT.get(self.vocabulary)
        if group is None:
            del self.fields["parent"]
            return
        rows = Term.objects.visible_to(self.user).filter(program=self.program, vocabulary=group, ended_on=None)
        field: Any = self.fields["parent"]
        field.queryset = rows.order_by("position", "pk")

    def clean_parts(self) -> list[str]:
        """One part a line, each once."""
        lines = (line.strip() for line in self.cleaned_data["parts"].splitlines())
        return list(dict.fromkeys(filter(None, lines)))

    @property
    def values(self) -> dict[str, Any]:
        """The word's fields as the action takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
