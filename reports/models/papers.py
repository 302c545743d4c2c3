"""Texts of printed papers, the cards that households hold, and what was written through them about whom."""

from __future__ import annotations

import secrets
from collections.abc import Container
from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models

from cadres.models import Cadre
from programs.models import Program, Suggestion
from programs.models.config import revises_program
from programs.scoping import ScopedQuerySet
from villages.models import Household, Village

if TYPE_CHECKING:
    from programs.scoping import AnyUser


class PaperQuerySet(ScopedQuerySet):
    """Papers of a program."""

    reach_paths = {"program": "program_id", "member": "program_id"}


@pghistory.track()
class Paper(models.Model):
    """印刷品: what a program says on one kind of printed paper; what it does not say stands as that kind has it.

    ``texts`` holds the parts by their key; ``reports.papers.kinds`` says which parts a kind has.
    """

    class Kind(models.TextChoices):
        """What is printed."""

        CARD = "card", "联系卡"
        HANDBOOK = "handbook", "工作手册"
        BOARD = "board", "公示牌"
        BOOKLET = "booklet", "村情民意一本通"

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField("种类", max_length=20, choices=Kind.choices)
    title = models.CharField("标题", max_length=60, blank=True)
    texts = models.JSONField("各部分文字", default=dict, blank=True)
    names_in_print = models.BooleanField("印出姓名", default=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "印刷品"
        triggers = [revises_program()]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "kind"], name="paper_once", violation_error_message="该活动已有这种印刷品。"
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


def new_token() -> str:
    """96 bits that nobody guesses, in 16 characters, so that the code on the card stays coarse."""
    return secrets.token_urlsafe(12)


class ContactCardQuerySet(ScopedQuerySet):
    """Cards, for those who answer for the program."""

    reach_paths = {"program": "program_id"}


class ContactCard(models.Model):
    """联系卡: the card a household holds in a program; its token is the address of its public page.

    The token is kept and not computed from a secret: cards hang on walls for years and must outlive a change of keys.
    It belongs to the household and not to one pairing, so that an old card leads to whoever helps now.
    """

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.CASCADE, related_name="cards")
    household = models.ForeignKey(
        Household, verbose_name="农户", on_delete=models.CASCADE, related_name="contact_cards"
    )
    token = models.CharField("网址码", max_length=24, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField("制卡时间", auto_now_add=True)

    objects = ContactCardQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "联系卡"
        constraints = [
            models.UniqueConstraint(
                fields=["program", "household"], name="contact_card_once", violation_error_message="该户已有联系卡。"
            )
        ]

    def __str__(self) -> str:
        return f"{self.household}联系卡"


class CardRemarkQuerySet(ScopedQuerySet):
    """Remarks, reached as the suggestion is: never by those it is about."""

    reach_paths = {"program": "suggestion__program_id"}

    def visible_to(self, user: AnyUser, roles: Container[str] | None = None) -> Self:
        """The remarks on suggestions that this user reaches."""
        return super().visible_to(user, roles).filter(suggestion__in=Suggestion.objects.visible_to(user, roles))


class CardRemark(models.Model):
    """意见所涉干部: whom a suggestion made on a card's page is about, so that it is never shown to them.

    The household is not kept: what is written without a name must not lead back to its door.
    """

    suggestion = models.ForeignKey(
        Suggestion, verbose_name="意见建议", on_delete=models.CASCADE, related_name="card_remarks"
    )
    cadre = models.ForeignKey(Cadre, verbose_name="干部", on_delete=models.CASCADE, related_name="card_remarks")

    objects = CardRemarkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "意见所涉干部"
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion", "cadre"],
                name="card_remark_once",
                violation_error_message="该意见已注明这名干部。",
            )
        ]

    def __str__(self) -> str:
        return f"关于{self.cadre}"


class NoticeBoardQuerySet(ScopedQuerySet):
    """Boards, for those who answer for the program."""

    reach_paths = {"program": "program_id"}


class NoticeBoard(models.Model):
    """公示牌: the board of a village in a program; its token is the address of its public page."""

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.CASCADE, related_name="boards")
    village = models.ForeignKey(Village, verbose_name="村", on_delete=models.CASCADE, related_name="boards")
    token = models.CharField("网址码", max_length=24, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField("制牌时间", auto_now_add=True)

    objects = NoticeBoardQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公示牌"
        constraints = [
            models.UniqueConstraint(
                fields=["program", "village"], name="notice_board_once", violation_error_message="该村已有公示牌。"
            )
        ]

    def __str__(self) -> str:
        return f"{self.village}公示牌"
