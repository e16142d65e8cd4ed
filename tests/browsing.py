"""A real server and a real browser for the journeys: wait on text, never on time."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect, sync_playwright

ROOT = Path(__file__).parents[1]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SOON, FIT = 120_000, 600_000  # milliseconds; bounds against hangs, not targets
PAGES = {
    "Start": "/",
    "Data": "/data",
    "Effects": "/effects",
    "Subgroups": "/subgroups",
    "Trial design": "/design",
    "Allocation": "/allocation",
    "Value": "/value",
}
CRASHES = ("Traceback (most recent call last)", "This app has encountered an error", "ModuleNotFoundError")


@dataclass(frozen=True)
class Server:
    """One running app: its address, its process and what it printed."""

    address: str
    pid: int
    log: Path


@contextlib.contextmanager
def running_app(folder: Path, environment: dict[str, str] | None = None) -> Iterator[Server]:
    """Start the app on a free port, wait until it is healthy, and end it with its workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / f"server-{port}.log"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true", "--server.fileWatcherType", "none"]
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        _wait_until_healthy(f"http://127.0.0.1:{port}", process, log)
        yield Server(f"http://127.0.0.1:{port}", process.pid, log)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=10)


def _wait_until_healthy(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:  # noqa: S310 - our own server
            if answer.status == 200:
                return
        time.sleep(0.2)
    raise AssertionError(f"the app did not come up:\n{log.read_text()[-3000:]}")


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium; playwright's own is never downloaded."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROMIUM") or next((found for name in names if (found := shutil.which(name))), None)
    assert path, "no Chromium: see make chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """One person at one browser: what they see, do, and what their browser asked for."""

    server: Server
    context: BrowserContext
    page: Page
    asked: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> None:
        self.page.goto(self.server.address + path)

    def see(self, text: str, *, within: int = SOON) -> Locator:
        found = self.page.get_by_text(text).first
        expect(found).to_be_visible(timeout=within)
        return found

    def see_heading(self, text: str, *, within: int = SOON) -> None:
        expect(self.page.get_by_role("heading", name=text).first).to_be_visible(timeout=within)

    def press(self, name: str, *, nth: int = 0) -> None:
        self.page.get_by_role("button", name=name).nth(nth).click(timeout=SOON)

    def go(self, title: str) -> None:
        """Use the navigation."""
        self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=title).click(timeout=SOON)

    def settled(self) -> None:
        """Wait until the server has nothing more to draw."""
        expect(self.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=FIT)
        expect(self.page.locator("[data-stale=true]")).to_have_count(0, timeout=SOON)

    def open_sample(self, title: str) -> None:
        self.open("/")
        self.press(title)

    def text(self) -> str:
        return self.page.inner_text("body")

    def strangers(self) -> list[str]:
        """Addresses outside this server that the browser asked for."""
        own = (self.server.address, self.server.address.replace("http", "ws"), "data:", "blob:", "about:")
        return [address for address in self.asked if not address.startswith(own)]


@contextlib.contextmanager
def visitor(server: Server, browser: Browser, scheme: Literal["light", "dark"] = "light") -> Iterator[Visitor]:
    """Give a person a fresh browser profile; when they leave, nothing crashed and no outside host was asked."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 720}, color_scheme=scheme, accept_downloads=True, reduced_motion="reduce"
    )
    page = context.new_page()
    person = Visitor(server, context, page)
    page.on("request", lambda request: person.asked.append(request.url))
    page.on("websocket", lambda socket: person.asked.append(socket.url))
    try:
        yield person
        shown = person.text()
        assert not [crash for crash in CRASHES if crash in shown], shown
        assert person.strangers() == []
    except (AssertionError, Error):
        folder = ROOT / "test-results"
        folder.mkdir(exist_ok=True)
        with contextlib.suppress(Error):
            page.screenshot(path=folder / f"{server.log.stem}.png")
        print(server.log.read_text()[-4000:])  # noqa: T201 - pytest shows it with the failure
        raise
    finally:
        context.close()
