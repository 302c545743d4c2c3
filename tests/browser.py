"""A real browser on a real server: a page as an office sees it, and one as a phone shows it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from programs.models import User

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def _server() -> Iterator[LiveServer]:
    server = LiveServer("127.0.0.1")
    yield server
    server.stop()


@pytest.fixture
def site(own_database: None, _server: LiveServer) -> str:
    """The address of a running site on an empty database of this test's own."""
    return _server.url


@pytest.fixture
def demonstration_site(own_demonstration: None, _server: LiveServer) -> str:
    """The address of a running site with the demonstration loaded."""
    return _server.url


@pytest.fixture(scope="session")
def _browser() -> Iterator[Browser]:
    # Playwright's loop runs in this thread, so Django would refuse every query that a test makes itself.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS + sandbox)
        yield browser
        browser.close()


@pytest.fixture
def address(request: pytest.FixtureRequest) -> str:
    """`demonstration_site` if the test asks for it, otherwise `site`."""
    name = "demonstration_site" if "demonstration_site" in request.fixturenames else "site"
    found: str = request.getfixturevalue(name)
    return found


@contextmanager
def _page(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    context = browser.new_context(base_url=address, locale="zh-CN", timezone_id="Asia/Shanghai", **options)
    context.set_default_timeout(15_000)
    try:
        yield context.new_page()
    finally:
        context.close()


@pytest.fixture
def page(_browser: Browser, address: str) -> Iterator[Page]:
    """A window of 1280 × 900 on the site."""
    with _page(_browser, address, viewport=DESK) as page:
        yield page


@pytest.fixture
def phone_page(_browser: Browser, address: str) -> Iterator[Page]:
    """The same on a telephone of 390 × 844."""
    with _page(_browser, address, viewport=PHONE, has_touch=True, is_mobile=True) as page:
        yield page


@pytest.fixture
def sign_in(address: str) -> Callable[[Page, User], None]:
    """Give a page the session of a user, without the detour over the form."""

    def give(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])

    return give
