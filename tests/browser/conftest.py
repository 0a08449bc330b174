"""Pages in a real browser: looked at in every language and width, and checked by axe.

Needs a Chromium: Debian's (`apt-get install chromium`), or any named in ONESTOP_CHROMIUM. Pictures are left in
`build/screens/`, for people to look at.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connection, connections
from django.test import Client
from django.test.testcases import QuietWSGIRequestHandler

from onestop.config.places import BUILD

SCREENS = BUILD / "screens"
LANGUAGES = ("vi", "en", "ur")
WIDTHS = (360, 1280)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SERIOUS = ("serious", "critical")

Look = Callable[..., None]


@dataclass(frozen=True)
class Served:
    """Where the pages are."""

    url: str


class OneAtATime(StaticFilesHandler):
    """Answers one request after the other, each on the connection of the test: so a test is undone by a rollback,
    as everywhere else, and the journal, which cannot be emptied, need not be."""

    turn = threading.Lock()
    shared: Any = None

    def __call__(self, environ: Any, start_response: Any) -> Any:
        with self.turn:
            connections["default"] = self.shared
            return super().__call__(environ, start_response)


class Server(ThreadedWSGIServer):
    """Leaves the connection open after a request: it belongs to the test."""

    def _close_connections(self) -> None:
        pass


@contextmanager
def serving() -> Iterator[Served]:
    """Serve the pages at an address of this machine, on the database of the test."""
    connection.inc_thread_sharing()
    shared = connections["default"]
    keeping = pytest.MonkeyPatch()
    keeping.setattr(shared, "close_if_unusable_or_obsolete", lambda: None)  # its transaction outlives a request
    handler = OneAtATime(WSGIHandler())
    handler.shared = shared
    server = Server(("127.0.0.1", 0), QuietWSGIRequestHandler, allow_reuse_address=False)
    server.set_app(handler)
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    running.start()
    try:
        yield Served(f"http://127.0.0.1:{server.server_address[1]}")
    finally:
        server.shutdown()
        server.server_close()
        running.join()
        keeping.undo()
        connection.dec_thread_sharing()


@pytest.fixture
def served(db: None) -> Iterator[Served]:
    """The pages at an address of this machine, on the database of the test."""
    with serving() as place:
        yield place


def find_chromium() -> str:
    """Return the browser's program, empty if there is none."""
    named = os.environ.get("ONESTOP_TEST_CHROMIUM") or os.environ.get("ONESTOP_CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here, and skip it with the reason if it cannot run."""
    here = Path(__file__).parent
    reason = ""
    if not find_chromium():
        reason = "no Chromium: apt-get install chromium, or name one in ONESTOP_CHROMIUM"
    elif not (BUILD / "assets" / "base" / "base.css").exists():
        reason = "the style sheet is not built: python -m onestop.config.assets"
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if reason:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A browser for the whole run."""
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the driver runs a loop of its own in this thread
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Any, served: Served) -> Iterator[Callable[..., Any]]:
    """Open an address of ours: `open_page("/", language="ur", width=360, client=logged_in_client)` gives the page."""
    contexts = []

    def opened(
        path: str, *, language: str = "vi", width: int = 1280, dark: bool = False, client: Client | None = None
    ) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", reduced_motion="reduce"
        )
        contexts.append(context)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language}
        if client is not None and settings.SESSION_COOKIE_NAME in client.cookies:
            cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": name, "value": value, "url": served.url} for name, value in cookies.items()])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.status = page.goto(served.url + path).status
        page.evaluate("document.fonts.ready")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def look(open_page: Callable[..., Any]) -> Look:
    """Look at a page in every language and width: picture, axe, nothing wider than the screen, no complaint.

    `look("/", "home")`; `client=` brings a log-in, `status=` another answer than 200, `dark=True` adds the dark scheme.
    """

    def looked(path: str, name: str, *, client: Client | None = None, status: int = 200, dark: bool = False) -> None:
        SCREENS.mkdir(parents=True, exist_ok=True)
        wrong: list[str] = []
        for language in LANGUAGES:
            page = open_page(path, language=language, width=WIDTHS[0], client=client)
            for scheme in ("light", "dark") if dark else ("light",):
                page.emulate_media(color_scheme=scheme)
                for width in WIDTHS:
                    page.set_viewport_size({"width": width, "height": 900})
                    page.screenshot(path=SCREENS / f"{name}-{language}-{width}-{scheme}.png", full_page=True)
                    wrong += [f"{language} {width}: {fault}" for fault in faults_of_width(page)]
                wrong += [f"{language} {scheme}: {fault}" for fault in faults_of_access(page)]
            wrong += [f"{language}: {fault}" for fault in faults_of_answer(page, status)]
            page.context.close()
        assert not wrong, "\n".join(wrong)

    return looked


def faults_of_answer(page: Any, status: int = 200) -> list[str]:
    """Return what the browser complained of, and another answer than expected."""
    answered = [f"answered {page.status}"] if page.status != status else []
    return answered + [text for text in page.complaints if status == 200 or str(status) not in text]


def faults_of_width(page: Any) -> list[str]:
    """Return whether something is wider than the screen."""
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"wider than the screen by {too_wide} px"] if too_wide > 0 else []


def faults_of_access(page: Any) -> list[str]:
    """Return what axe finds serious or critical."""
    from axe_playwright_python.sync_playwright import Axe

    found = [item for item in Axe().run(page).response["violations"] if item["impact"] in SERIOUS]
    return [f"{item['id']}: {'; '.join(node['html'][:100] for node in item['nodes'][:3])}" for item in found]
