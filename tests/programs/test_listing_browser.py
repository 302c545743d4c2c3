"""A list in a real browser: it filters and turns pages without loading anew, and the back button knows the way."""

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from programs.models import User
from tests import factories as make
from tests.cast import Cast
from tests.works import works_of

MARK = "window.kept = true"


def _villages(number: int) -> Cast:
    cast = Cast()
    for index in range(number):
        place = make.PlaceFactory(parent=cast.near.town, code=f"{cast.near.town.code}{400 + index}")
        make.VillageTagFactory(village=make.VillageFactory(division=place), tag=cast.near.word("village_tag"))
    return cast


def test_filters_pages_and_goes_back_without_loading_anew(page: Page, sign_in: Callable[[Page, User], None]) -> None:
    cast = _villages(60)
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    sign_in(page, cast.county)
    page.goto("/p/zhaoyuan/villages/")
    count = page.get_by_role("status").first
    expect(count).to_have_text("共 64 个村，显示 1–50")
    page.evaluate(MARK)

    page.get_by_label("镇街").select_option(cast.near.town.code)
    expect(count).to_have_text("共 62 个村，显示 1–50")
    assert page.url.endswith(f"/p/zhaoyuan/villages/?place={cast.near.town.code}")

    page.get_by_role("link", name="下一页").click()
    expect(count).to_have_text("共 62 个村，显示 51–62")
    assert "page=2" in page.url

    page.get_by_role("link", name="村", exact=True).last.click()
    expect(page.get_by_role("columnheader", name="村", exact=False).first).to_have_attribute("aria-sort", "ascending")
    assert "sort=name" in page.url
    assert page.evaluate("window.kept") is True

    page.get_by_label("搜索村").fill("示例229")
    expect(count).to_have_text("共 1 个村，显示 1–1")
    assert "sort=name" in page.url
    assert page.evaluate("window.kept") is True

    page.go_back()
    expect(count).to_have_text("共 62 个村，显示 1–50")
    expect(page.get_by_role("heading", name="村", exact=True)).to_be_visible()
    page.go_back()
    expect(count).to_have_text("共 62 个村，显示 51–62")
    page.go_back()
    expect(count).to_have_text("共 62 个村，显示 1–50")
    page.go_back()
    expect(count).to_have_text("共 64 个村，显示 1–50")
    assert errors == []


def test_the_same_without_a_script(page: Page, sign_in: Callable[[Page, User], None]) -> None:
    cast = _villages(0)
    sign_in(page, cast.county)
    page.route("**/*.js", lambda route: route.abort())
    page.goto("/p/zhaoyuan/villages/")
    page.get_by_label("镇街").select_option(cast.far.town.code)
    page.get_by_role("button", name="筛选").click()
    expect(page.get_by_role("status").first).to_have_text("共 2 个村，显示 1–2")
    page.get_by_role("button", name="复制名单").click()
    expect(page.get_by_label("名单", exact=True)).to_have_value(
        f"村（2个，截至2015年7月3日）：\n{cast.far.village.name}、{cast.farther.village.name}"
    )


def test_names_go_to_the_clipboard(page: Page, sign_in: Callable[[Page, User], None]) -> None:
    cast = _villages(0)
    sign_in(page, cast.county)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/p/zhaoyuan/villages/?place={cast.far.town.code}")
    page.get_by_role("button", name="复制名单").click()
    expect(page.get_by_text("名单已复制，可以粘贴到聊天中。")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == (
        f"村（2个，截至2015年7月3日）：\n{cast.far.village.name}、{cast.farther.village.name}"
    )


def test_rows_are_cards_on_a_phone_and_nothing_runs_over(
    phone_page: Page, sign_in: Callable[[Page, User], None]
) -> None:
    cast = _villages(0)
    sign_in(phone_page, cast.county)
    for path in ("villages/", "units/", "pairings/", f"villages/{cast.near.village.pk}/", "me/", "search/?q=示例"):
        phone_page.goto(f"/p/zhaoyuan/{path}")
        assert phone_page.evaluate("document.documentElement.scrollWidth") <= 390, path
        expect(phone_page.get_by_role("navigation", name="常用")).to_be_visible()
    phone_page.goto("/p/zhaoyuan/villages/")
    card = phone_page.get_by_role("row").filter(has_text=cast.near.village.name).first
    box = card.bounding_box()
    assert box is not None
    assert box["width"] > 300
    assert box["height"] > 100


def test_pages_hold_to_the_rules_of_accessibility(page: Page, sign_in: Callable[[Page, User], None]) -> None:
    cast = _villages(0)
    works_of(cast.near)
    page.goto("/login/")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    sign_in(page, cast.county)
    for path in (
        "p/zhaoyuan/villages/?place=370685104",
        "p/zhaoyuan/needs/",
        "p/zhaoyuan/projects/",
        f"p/zhaoyuan/villages/{cast.near.village.pk}/",
        "p/zhaoyuan/search/?q=示例",
        "p/zhaoyuan/me/",
        "suggestions/",
    ):
        page.goto(f"/{path}")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
