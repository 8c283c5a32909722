"""Start a Streamlit script as its own server process, and stop it with everything it started."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_LIMIT_SECONDS = 60


@dataclass(frozen=True)
class AppServer:
    """A running server: its address, its process and where its output goes."""

    url: str
    process: subprocess.Popen[bytes]
    log_path: Path
    started: float  # time.perf_counter() just before the process was started

    def log(self) -> str:
        """Return everything the server has printed so far."""
        return self.log_path.read_text(errors="replace")


def free_port() -> int:
    """Return a TCP port that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serve(script: Path = ROOT / "streamlit_app.py") -> Iterator[AppServer]:
    """Serve ``script`` from the repository root on a free port until the block ends.

    The caller's ``STREAMLIT_*`` variables are left out: what counts is ``.streamlit/config.toml``.
    """
    port = free_port()
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(script)),
        *(f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"),
        "--server.fileWatcherType=none",
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    with tempfile.TemporaryDirectory() as folder:
        log_path = Path(folder) / "server.log"
        with log_path.open("wb") as log:
            started = time.perf_counter()
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        server = AppServer(f"http://127.0.0.1:{port}", process, log_path, started)
        try:
            _wait_until_healthy(server)
            yield server
        finally:
            _stop(process)


def _wait_until_healthy(server: AppServer) -> None:
    while time.perf_counter() - server.started < START_LIMIT_SECONDS:
        if server.process.poll() is not None:
            raise RuntimeError(f"The server ended while starting:\n{server.log()}")
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=2) as answer:
                if answer.read() == b"ok":
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.05)
    raise RuntimeError(f"The server gave no sign of life in {START_LIMIT_SECONDS} s:\n{server.log()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the server's whole process group; insist when it does not listen."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, sign)
        try:
            process.wait(timeout=10)
            return
        except subprocess.TimeoutExpired:
            continue
