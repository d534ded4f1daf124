"""The shipped nginx configuration before the real processes: headers, closed routes, sticky."""

from __future__ import annotations

import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from indicators.ui.web import SECURITY_HEADERS
from tests.support.browser import PATIENCE, settled
from tests.support.curator_site import (
    ANNA,
    PASSWORD,
    REPLY,
    curator_site,
    dashboard,
    free_port,
    install,
)
from tests.support.proxy import SHIPPED, Proxy, nginx, nginx_program

pytestmark = pytest.mark.browser

needs_nginx = pytest.mark.skipif(not nginx_program(), reason="nginx is not installed")
ANYONE = ssl.create_default_context()
ANYONE.check_hostname, ANYONE.verify_mode = False, ssl.CERT_NONE


class Answer:
    """Status, headers and body of one request; errors are answers too."""

    def __init__(
        self, url: str, method: str = "GET", body: bytes | None = None, cookie: str = ""
    ) -> None:
        headers = {"Cookie": cookie} if cookie else {}
        request = urllib.request.Request(url, body, headers, method=method)
        opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=ANYONE), _NoRedirect()
        )
        try:
            with opener.open(request, timeout=20) as answer:
                self.status, self.headers, self.body = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                self.status, self.headers, self.body = error.code, error.headers, error.read()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def test_the_shipped_headers_are_those_of_the_program() -> None:
    text = (SHIPPED / "common.conf").read_text("utf-8")
    for name, value in SECURITY_HEADERS.items():
        assert f'add_header {name} "{value}" always;' in text
        assert f"proxy_hide_header {name};" in text


# --- routing, before two small servers that say who they are ---------------------


class _Named(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = f"{self.server.server_port} {self.headers['X-Forwarded-For']}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Frame-Options", "ALLOWALL")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server asks for

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def routed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """nginx before two servers that answer with their port."""
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), _Named) for _ in range(3)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    ports = dict(zip(("8501", "8502", "8511"), (s.server_port for s in servers), strict=True))
    with nginx(tmp_path_factory.mktemp("nginx"), ports) as proxy:
        yield proxy
    for server in servers:
        server.shutdown()
        server.server_close()


@needs_nginx
def test_a_reader_stays_with_one_process_and_readers_spread(routed: Proxy) -> None:
    address = f"https://localhost:{routed.public}/"
    homes = []
    for _ in range(20):
        first = Answer(address)
        cookie = first.headers["Set-Cookie"]
        assert "Secure; HttpOnly; SameSite=Lax" in cookie
        node = cookie.split(";")[0]
        later = [Answer(f"{address}_stcore/stream", cookie=node) for _ in range(5)]
        assert {answer.body for answer in later} == {first.body}
        assert all("Set-Cookie" not in answer.headers for answer in later)
        homes.append(first.body)
    assert len(set(homes)) == 2


@needs_nginx
@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("", "GET", 200),
        ("commitments?regions=430600", "GET", 200),
        ("", "HEAD", 200),
        ("", "POST", 403),
        ("_stcore/upload_file/a/b", "PUT", 403),
        ("_stcore/upload_file/a/b", "DELETE", 403),
        ("x/_stcore/upload_file/a/b", "PUT", 403),
        ("%5fstcore/upload_file/a/b", "PUT", 403),
        ("_stcore//upload_file/a/b", "PUT", 403),
        ("_stcore/metrics", "GET", 403),
        ("_stcore/script-health-check", "GET", 403),
        ("_stcore/anything/else", "POST", 403),
        ("region/_stcore/metrics", "GET", 403),
        ("_stcore/host-config", "GET", 200),
        ("auth/login?provider=x", "GET", 404),
        ("oauth2callback?code=x", "GET", 404),
        ("healthz", "GET", 404),
    ],
)
def test_what_the_public_host_answers(routed: Proxy, path: str, method: str, status: int) -> None:
    answer = Answer(f"https://localhost:{routed.public}/{path}", method)
    assert answer.status == status
    expected = {**SECURITY_HEADERS, "Strict-Transport-Security": "max-age=31536000"}
    found = {name: answer.headers.get_all(name) for name in expected}
    assert found == {name: [value] for name, value in expected.items()}
    assert answer.headers["Server"] == "nginx"


@needs_nginx
def test_the_health_of_the_program_is_not_told(routed: Proxy) -> None:
    answer = Answer(f"https://localhost:{routed.public}/_stcore/health")
    assert (answer.status, answer.body) == (200, b"ok")


@needs_nginx
def test_plain_http_is_sent_to_https_and_a_forged_address_is_replaced(routed: Proxy) -> None:
    answer = Answer(f"http://127.0.0.1:{routed.plain}/commitments?lang=en")
    assert (answer.status, answer.headers["Location"]) == (
        301,
        "https://127.0.0.1/commitments?lang=en",
    )
    request = urllib.request.Request(
        f"https://localhost:{routed.public}/", headers={"X-Forwarded-For": "10.9.8.7"}
    )
    with urllib.request.urlopen(request, timeout=20, context=ANYONE) as forged:
        assert forged.read().split()[1] == b"127.0.0.1"


@needs_nginx
def test_the_curators_host_takes_files_up_to_its_limit(routed: Proxy) -> None:
    address = f"https://localhost:{routed.curator}/_stcore/upload_file/a/b"
    assert Answer(address, "PUT", b"x" * 22_100_000).status == 413
    assert Answer(f"https://localhost:{routed.curator}/_stcore/metrics").status == 403


# --- the real processes behind it ------------------------------------------------


@needs_nginx
def test_both_dashboards_work_behind_nginx(
    tmp_path_factory: pytest.TempPathFactory, chromium: Browser
) -> None:
    public_port, curator_port = free_port(), free_port()
    readers = tmp_path_factory.mktemp("public")
    install(readers, "public")
    with ExitStack() as stack:
        secret = {"STREAMLIT_SERVER_COOKIE_SECRET": "one-secret-for-all-public-processes-0123"}
        ports = [free_port(), free_port()]
        for port in ports:
            stack.enter_context(dashboard(readers, port, secret))
        entry = stack.enter_context(
            curator_site(tmp_path_factory.mktemp("curator"), f"https://localhost:{curator_port}")
        )
        backends = {"8501": ports[0], "8502": ports[1], "8511": int(entry.url.split(":")[-1])}
        folder = tmp_path_factory.mktemp("nginx-real")
        stack.enter_context(nginx(folder, backends, public_port, curator_port))
        _read(chromium, public_port)
        _enter(chromium, curator_port, tmp_path_factory.mktemp("upload"))


def _read(browser: Browser, port: int) -> None:
    """Three readers, each in a window of their own, on whichever process they land."""
    for _ in range(3):
        context = browser.new_context(ignore_https_errors=True)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        errors: list[str] = []
        page.on("pageerror", lambda error, into=errors: into.append(str(error)))
        page.goto(f"https://localhost:{port}/commitments")
        expect(page.get_by_role("heading", name="承诺核查")).to_be_visible()
        page.get_by_role("link", name="指标字典").click()
        expect(page.get_by_role("heading", name="指标字典")).to_be_visible()
        assert errors == []
        context.close()


def _enter(browser: Browser, port: int, folder: Path) -> None:
    """A curator signs in and uploads through the proxy."""
    (folder / "reply.txt").write_text(REPLY, encoding="utf-8")
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"https://localhost:{port}/")
    page.get_by_role("button", name="登录以录入数据").click()
    page.get_by_label("邮箱").fill(ANNA)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("link", name="数据录入").click()
    page.get_by_text("第一步").wait_for()
    settled(page)
    page.set_input_files("input[type=file]", str(folder / "reply.txt"))
    expect(page.get_by_text("共 8 条：○ 待审 8")).to_be_visible()
    context.close()
