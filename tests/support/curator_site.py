"""A curator installation of its own: a copy of the data, invented places, a sign-in service."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "only-for-this-test"
ANNA, BERT, EVE = "anna@health.example", "bert@health.example", "eve@elsewhere.example"
UNPROVEN = "carla@health.example"
CLIENT, SECRET = "dashboard", "client-secret-of-the-test-0123456789"
COOKIE_SECRET = "cookie-secret-of-the-test-0123456789abcdef"
#: Invented places; no GB/T 2260 code begins with 99.
REGIONS = """\
990000,云江省,province,000000,,
990100,云江市,city,990000,,
990121,甲山县,county,990100,,
990122,乙水县,county,990100,,
"""
REPLY = """\
云江市卫生健康委员会
云卫函〔2026〕18号

对云江市九届人大五次会议第27号建议的答复

尊敬的代表：
您提出的关于加快分级诊疗建设的建议收悉，现答复如下：

一、工作进展
2025年，全市县域内就诊率达到91.2%，居民健康档案建档率达到93.05%，家庭医生签约覆盖率为48.6%。
2025年，全市孕产妇死亡率为7.21/10万。如有疑问，请致电13812345678，婴儿死亡率为2.13‰（全省2.9‰）。

二、下一步打算
到2027年，全市县域内就诊率达到92%以上，居民健康档案建档率达到95%以上。

云江市卫生健康委员会
2026年3月18日
"""


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def install(root: Path, role: str, curators: tuple[str, ...] = (ANNA, BERT, UNPROVEN)) -> Path:
    """A copy of the shipped data below ``root`` with the invented places; its config.yaml."""
    shutil.copytree(ROOT / "data", root / "data", ignore=shutil.ignore_patterns(".*"))
    shutil.copytree(ROOT / "indicators" / "registry", root / "indicators" / "registry")
    with (root / "data" / "regions.csv").open("a", encoding="utf-8") as file:
        file.write(REGIONS)
    lines = (ROOT / "config.yaml").read_text("utf-8").splitlines()
    kept = [
        line for line in lines if not line.startswith(("role:", "auth:", "as_of:", "language:"))
    ]
    addresses = ", ".join(curators)
    own = [
        f"role: {role}",
        f"auth: {{curators: [{addresses}]}}",
        "as_of: 2026-11-21",
        "language: zh",
    ]
    path = root / "config.yaml"
    path.write_text("\n".join([*kept, *own, ""]), encoding="utf-8")
    return path


@dataclass(frozen=True)
class Site:
    """A running dashboard."""

    url: str
    root: Path
    log: Path

    @property
    def config(self) -> Path:
        """Its configuration file."""
        return self.root / "config.yaml"


@contextmanager
def dashboard(
    root: Path, port: int | None = None, environment: Mapping[str, str] | None = None, *options: str
) -> Iterator[Site]:
    """The dashboard as a process of its own on the installation below ``root``."""
    port = port or free_port()
    # Without the originals that the tests read: a save keeps its upload among them.
    own = {name: value for name, value in os.environ.items() if name != "INDICATORS_SOURCES"}
    env = {**own, "INDICATORS_CONFIG": str(root / "config.yaml"), **(environment or {})}
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
    command += ["--server.port", str(port), *options]
    log = root / f"log-{port}"
    with process(command, env, log):
        _wait(f"http://127.0.0.1:{port}/_stcore/health", "ok", log)
        yield Site(f"http://localhost:{port}", root, log)


@contextmanager
def curator_site(root: Path, url: str | None = None, *options: str) -> Iterator[Site]:
    """A curator's dashboard with its own sign-in service; ``url`` where a proxy stands before."""
    install(root, "curator")
    port, provider = free_port(), free_port()
    redirect = f"{url or f'http://localhost:{port}'}/oauth2callback"
    with ExitStack() as stack:
        stack.enter_context(sign_in_service(root, provider, redirect))
        environment = {
            "INDICATORS_OIDC_METADATA_URL": f"http://127.0.0.1:{provider}{_DISCOVERY}",
            "INDICATORS_OIDC_CLIENT_ID": CLIENT,
            "INDICATORS_OIDC_CLIENT_SECRET": SECRET,
            "INDICATORS_OIDC_REDIRECT_URI": redirect,
            "INDICATORS_COOKIE_SECRET": COOKIE_SECRET,
        }
        yield stack.enter_context(dashboard(root, port, environment, *options))


_DISCOVERY = "/.well-known/openid-configuration"


@contextmanager
def sign_in_service(root: Path, port: int, redirect: str) -> Iterator[None]:
    """The provider of :mod:`tests.support.oidc` with three people and one unproven address."""
    people = [f"{email}:{PASSWORD}" for email in (ANNA, BERT, EVE, f"?{UNPROVEN}")]
    command = [sys.executable, "-m", "tests.support.oidc", str(port), CLIENT, SECRET, redirect]
    log = root / "log-provider"
    with process([*command, *people], dict(os.environ), log):
        _wait(f"http://127.0.0.1:{port}{_DISCOVERY}", "issuer", log)
        yield


@contextmanager
def process(command: list[str], env: Mapping[str, str], log: Path) -> Iterator[None]:
    """A process of this test alone, ended with it."""
    with (
        log.open("wb") as out,
        subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out, env=dict(env)) as running,
    ):
        try:
            yield
        finally:
            running.terminate()


def _wait(address: str, word: str, log: Path, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if word in answer.read().decode():
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.1)
    raise AssertionError(f"{address} did not answer\n{log.read_text('utf-8', 'replace')}")
