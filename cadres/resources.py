"""The roster of cadres with their posts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from cadres.models import Cadre, Leadership, Post
from programs.models import Role, Unit
from programs.roster_cells import Choice, Day, Flag, Personal, Text, UnitName
from programs.rosters import RosterField, RosterResource
from programs.rules.masking import mask_phone

POST_FIELDS = ("unit", "title", "leadership", "rank", "since")


class CadreResource(RosterResource):
    """干部名册: a line for each post; a cadre is found again by name and unit, so a namesake in one unit is refused."""

    name = RosterField("name", "姓名", Text(), needed=True)
    unit = RosterField(None, "单位", UnitName(), needed=True)
    title = RosterField(None, "职务", Text(), needed=True)
    leadership = RosterField(None, "岗位", Choice(Leadership), needed=True)
    rank = RosterField(None, "职级", Text())
    since = RosterField(None, "任职日期", Day())
    phone = RosterField("phone", "手机", Personal(mask_phone))
    is_party_member = RosterField("is_party_member", "党员", Flag())

    class Meta:
        model = Cadre
        name = "干部名册"

    def _namesakes(self, row: Any) -> list[Cadre]:
        rows = Cadre.objects.visible_to(self.user, {Role.ADMINISTRATOR})
        posts = Post.objects.filter(unit=self.cell(row, "unit"), until__isnull=True).values("cadre_id")
        return list(rows.filter(name=self.cell(row, "name"), pk__in=posts).order_by("pk")[:2])

    def find(self, row: Any) -> Cadre | None:
        """By name among those who hold a post in the unit."""
        namesakes: list[Any] = self._namesakes(row)
        if len(namesakes) != 1:
            return None
        found = namesakes[0]
        found.line_post = self._post(found, self.cell(row, "unit"))
        return found

    def _post(self, cadre: Cadre, unit: Unit) -> Post | None:
        held = Post.objects.filter(cadre=cadre, unit=unit, until__isnull=True).select_related("unit")
        return held.order_by("-since", "-pk").first()

    def import_instance(self, instance: Cadre, row: Any, **kwargs: Any) -> None:
        """The cadre's own columns; those of the post are checked beside them."""
        problems: dict[str, Any] = {}
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError as error:
            problems = error.update_error_dict(problems)
        for name in POST_FIELDS:
            try:
                self.cell(row, name)
            except ValueError as error:
                problems[self.fields[name].column_name] = ValidationError(str(error))
        namesakes = [] if problems else self._namesakes(row)
        if len(namesakes) > 1:
            problems["姓名"] = ValidationError(f"{self.cell(row, 'unit')}有几位同名的干部，请在系统里直接修改。")
        if not problems and not namesakes and self.cell(row, "since") is None:
            problems["任职日期"] = ValidationError("新登记的职务须写明从哪天起。")
        if problems:
            raise ValidationError(problems)

    def after_save_instance(self, instance: Cadre, row: Any, **kwargs: Any) -> None:
        """Write the post of this line."""
        unit = self.cell(row, "unit")
        post = self._post(instance, unit)
        if post is None:
            post = Post(cadre=instance, unit=unit)
        post.title = self.cell(row, "title")
        post.leadership = self.cell(row, "leadership")
        if (rank := self.cell(row, "rank")) is not None:
            post.rank = rank
        post.since = self.cell(row, "since") or post.since
        post.full_clean()
        post.save()
        instance.line_post = post  # type: ignore[attr-defined]

    def spread(self, rows: models.QuerySet[Any]) -> Iterator[Cadre]:
        """A line for each post held; a cadre without one has one line."""
        held = models.Prefetch("posts", Post.objects.filter(until__isnull=True).select_related("unit").order_by("pk"))
        for cadre in rows.prefetch_related(held).order_by("pinyin", "pk").iterator(chunk_size=500):
            for post in list(cadre.posts.all()) or [None]:
                cadre.line_post = post
                yield cadre

    def export_field(self, field: Any, instance: Cadre, **kwargs: Any) -> Any:
        """The post's columns from the line's post."""
        name = self.get_field_name(field)
        if name in POST_FIELDS:
            post = getattr(instance, "line_post", None)
            return field.widget.render(getattr(post, name)) if post else ""
        return super().export_field(field, instance, **kwargs)
