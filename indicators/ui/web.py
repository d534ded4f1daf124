"""The web server around the pages: start-up, headers, and the language of the document.

Streamlit ships ``<html lang="en">`` and sends no security headers; it has no option for
either. Both are put right here, in one small ASGI layer under ``streamlit run``.
"""

from __future__ import annotations

import html
import logging
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from indicators.core.errors import KnownProblem
from indicators.text import mark, translator
from indicators.ui import auth_cookie, auth_secrets, cache

log = logging.getLogger("indicators")

PRODUCT = mark("卫生健康改革指标看板")
#: Files served beside the page, by the end of their path.
_SERVED = {"/shell.js": "text/javascript", "/shell.css": "text/css"}
_LANG = {"zh": "zh-CN", "en": "en"}
_UPLOAD = "/_stcore/upload_file"
_CLOSED_TO_PUBLIC = (_UPLOAD, "/_stcore/metrics")

#: Scripts only from here: no inline script, no eval. Streamlit sets styles inline.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Read the data and build a first figure before the first reader comes."""
    try:
        if cache.load().settings.role == "curator":
            auth_secrets.prepare()
    except KnownProblem as problem:
        log.error("%s", problem)
    import plotly.graph_objects as go  # the first figure of a process costs 0.2 s

    go.Figure(go.Scatter(x=[0], y=[0])).to_json()
    yield


class Shell:
    """ASGI middleware: headers on every answer, language in the page, closed routes."""

    def __init__(self, app: ASGIApp, pages: Mapping[str, Collection[str]]) -> None:
        self.app = app
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is ours, pass the rest on with headers added."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["path"].endswith(tuple(_SERVED)):
            await _with_headers(_served(scope["path"]), scope, receive, send)
        elif _closed(scope):
            await _with_headers(Response(status_code=403), scope, receive, send)
        elif _may_be_page(scope):
            await self._page(scope, receive, send)
        else:
            await _with_headers(self.app, scope, receive, send)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold the answer until it is whole and put the language into an HTML one."""
        held: list[Message] = []

        async def hold(message: Message) -> None:
            held.append(message)

        await self.app(_uncompressed(scope), receive, hold)
        start = next(m for m in held if m["type"] == "http.response.start")
        body = b"".join(m.get("body", b"") for m in held if m["type"] == "http.response.body")
        headers = MutableHeaders(raw=list(start.get("headers", [])))
        if headers.get("content-type", "").startswith("text/html"):
            if b'id="root"' in body and not self._known(scope["path"]):
                await _with_headers(RedirectResponse(_root(scope)), scope, receive, send)
                return
            body = rewrite(body.decode(), _language(scope)).encode()
            headers["content-length"] = str(len(body))
            headers["cache-control"] = "no-cache"
            headers["vary"] = "Cookie"
            del headers["etag"], headers["last-modified"]
        _secure(headers, scope)
        await send({**start, "headers": headers.raw})
        await send({"type": "http.response.body", "body": body})

    def _known(self, path: str) -> bool:
        """Whether the address is the start page or one that this role may see.

        Streamlit answers every other address with its page and an English dialogue.
        """
        at = path.strip("/")
        if at == _base():
            return True
        return _role() in self.pages.get(at.removeprefix(f"{_base()}/"), ())


def _base() -> str:
    return str(config.get_option("server.baseUrlPath") or "").strip("/")


def _root(scope: Scope) -> str:
    """The start page, in the language that was asked for."""
    query = scope.get("query_string", b"").decode("latin-1")
    start = f"/{_base()}/" if _base() else "/"
    return f"{start}?{query}" if query in ("lang=zh", "lang=en") else start


def rewrite(page: str, language: str) -> str:
    """Streamlit's page with our language, title, script and style, without its inline script."""
    t = translator("en" if language == "en" else "zh")
    page = page.replace('<html lang="en">', f'<html lang="{_LANG[language]}">', 1)
    page = page.replace("<title>Streamlit</title>", f"<title>{html.escape(t(PRODUCT))}</title>", 1)
    page = _without(page, '<link rel="service-desc"', "/>")
    page = _without(page, "<script>", "</script>")
    page = _without(page, "<noscript>", "</noscript>")
    no_script = html.escape(t("本看板需要启用浏览器的 JavaScript 才能显示。"))
    ours = (
        f'<script src="./shell.js" data-default="{_default_language()}"></script>\n    '
        '<link rel="stylesheet" href="./shell.css" />'
    )
    page = page.replace("<head>", f"<head>\n    {ours}", 1)
    return page.replace("<body>", f"<body>\n    <noscript><p>{no_script}</p></noscript>", 1)


def _without(page: str, start: str, end: str) -> str:
    """``page`` without its first stretch from ``start`` to ``end``; unchanged if absent."""
    begin = page.find(start)
    stop = page.find(end, begin)
    return page if begin < 0 or stop < 0 else page[:begin] + page[stop + len(end) :]


def _language(scope: Scope) -> str:
    asked = f"&{scope.get('query_string', b'').decode('latin-1')}&"
    for code in _LANG:
        if f"&lang={code}&" in asked:
            return code
    return _default_language()


def _default_language() -> str:
    try:
        return cache.load().settings.language
    except KnownProblem:
        return "zh"


def _closed(scope: Scope) -> bool:
    """The public dashboard takes no upload and shows no metrics; others ask who uploads."""
    path: str = scope["path"]
    if not any(closed in path for closed in _CLOSED_TO_PUBLIC):
        return False
    try:
        settings = cache.load().settings
    except KnownProblem:
        return True
    if settings.role == "public":
        return True
    return _UPLOAD in path and not auth_cookie.may_upload(scope, settings)


def _role() -> str:
    try:
        return cache.load().settings.role
    except KnownProblem:
        return "public"


def _may_be_page(scope: Scope) -> bool:
    """Paths that Streamlit may answer with its HTML page: anything without an extension."""
    path: str = scope["path"]
    last = path.rsplit("/", 1)[-1]
    return "/_stcore/" not in path and "/media/" not in path and last.count(".") == 0


def _uncompressed(scope: Scope) -> Scope:
    headers = [(k, v) for k, v in scope["headers"] if k not in _CONDITIONAL]
    return {**scope, "headers": headers}


#: Left out of a request for the page: a compressed or unchanged answer cannot be rewritten.
_CONDITIONAL = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")


def _served(path: str) -> Response:
    name = "/" + path.rsplit("/", 1)[-1]
    return Response(
        Path(__file__).with_name(name[1:]).read_bytes(),
        media_type=f"{_SERVED[name]}; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )


async def _with_headers(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    async def secured(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message.get("headers", [])))
            _secure(headers, scope)
            message = {**message, "headers": headers.raw}
        await send(message)

    await app(scope, receive, secured)


def _secure(headers: MutableHeaders, scope: Scope) -> None:
    for name, value in SECURITY_HEADERS.items():
        headers[name] = value
    forwarded = Headers(scope=scope).get("x-forwarded-proto", "")
    if scope.get("scheme") == "https" or forwarded == "https":
        headers["Strict-Transport-Security"] = "max-age=31536000"


def middleware(pages: Mapping[str, Collection[str]]) -> list[Middleware]:
    """The layers around Streamlit; ``pages`` names each address and the roles that see it."""
    return [Middleware(Shell, pages=pages)]
