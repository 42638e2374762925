"""Chromium over its DevTools pipe, with nothing but the standard library: as much of it as the tests of a page need."""

import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

Json = Any
"""A value as the browser sends it."""

ROOT = Path(__file__).parents[2]
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
)
PATIENCE = 60.0
"""Seconds that one answer may take."""

_START = """
import os, sys
def away(descriptor):
    while (descriptor := os.dup(descriptor)) < 5: pass
    return descriptor
read, write = away({read}), away({write})
os.dup2(read, 3)
os.dup2(write, 4)
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Chromium reads from descriptor 3 and writes to 4, whichever numbers our pipes had."""


def chromium() -> str | None:
    """Return the program to run: ``DXPLAN_CHROMIUM``, or the first that is installed."""
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    return os.environ.get("DXPLAN_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def axe() -> Path | None:
    """Return axe-core: ``DXPLAN_AXE``, or what `.ci/run` installs."""
    path = Path(os.environ.get("DXPLAN_AXE") or ROOT / ".venv/axe/axe_playwright_python/axe.min.js")
    return path if path.is_file() else None


class Browser:
    """One tab of one Chromium."""

    def __init__(self, write: int, read: int) -> None:
        self._write, self._read = write, read
        self._rest = b""
        self._count = 0
        self._session: str | None = None
        self.events: list[Json] = []
        """What happened since the last `load`: each with its ``method`` and ``params``."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Json) -> Json:
        """Send a command and return its result."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": params}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._count:
                assert "error" not in answer, (method, answer["error"])
                return answer["result"]
            self.events.append(answer)

    def load(self, path: Path, *, bypass_csp: bool = True) -> None:
        """Open a file and wait until it is shown."""
        self.call("Page.setBypassCSP", enabled=bypass_csp)
        self.call("Page.navigate", url="about:blank")
        self._wait("Page.loadEventFired")
        self.events.clear()
        self.call("Page.navigate", url=path.as_uri())
        self._wait("Page.loadEventFired")

    def screen(self, width: int, height: int = 900, *, scale: float = 1) -> None:
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=False
        )

    def media(self, kind: str = "", **features: str) -> None:
        """Pretend a medium: ``print``, or ``prefers_color_scheme="dark"``."""
        named = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.call("Emulation.setEmulatedMedia", media=kind, features=named)

    def run(self, script: str, *arguments: Json) -> Json:
        """Call a JavaScript function, wait for it if it promises, and return what it returns."""
        given = ", ".join(json.dumps(argument) for argument in arguments)
        answer = self.call("Runtime.evaluate", expression=f"({script})({given})", returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def press(self, key: str, code: int, *, shift: bool = False) -> None:
        for kind in ("rawKeyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                code=key,
                windowsVirtualKeyCode=code,
                modifiers=8 if shift else 0,
            )

    def happened(self, method: str) -> list[Json]:
        self.run("() => null")  # whatever was under way before this is told before its answer
        return [event["params"] for event in self.events if event.get("method") == method]

    def _wait(self, method: str) -> None:
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self._receive())

    def _receive(self) -> Json:
        end = time.monotonic() + PATIENCE
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._read], [], [], max(0.0, end - time.monotonic()))
            assert ready, f"the browser said nothing for {PATIENCE} s"
            piece = os.read(self._read, 1 << 20)
            assert piece, "the browser ended"
            self._rest += piece
        message, _, self._rest = self._rest.partition(b"\0")
        return json.loads(message)


@contextmanager
def started(program: str) -> Iterator[Browser]:
    """Start a browser of our own, with a profile of its own, and end it."""
    read, to_browser = os.pipe()
    from_browser, write = os.pipe()
    with tempfile.TemporaryDirectory(prefix="dxplan-browser-", ignore_cleanup_errors=True) as profile:
        start = _START.format(read=read, write=write)
        process = subprocess.Popen(
            [sys.executable, "-c", start, program, *FLAGS, f"--user-data-dir={profile}"],
            pass_fds=(read, write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(read)
        os.close(write)
        try:
            browser = Browser(to_browser, from_browser)
            yield browser
            with suppress(AssertionError, OSError):
                browser._session = None  # noqa: SLF001 - the browser itself is asked, not its tab
                browser.call("Browser.close")
        finally:
            os.close(to_browser)
            os.close(from_browser)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
