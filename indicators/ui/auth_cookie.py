"""Who a plain HTTP request comes from, read from Streamlit's signed cookie.

Streamlit takes an upload from any session, also an anonymous one on a page without an
uploader. The shell asks here before it lets an upload through. It reads the
cookie with Streamlit's own functions, which are not promised: on any surprise the answer
is nobody.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Scope
from streamlit.web.server.starlette import starlette_websocket as streamlit_cookies
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from indicators.core.permission import Identity, refusal
from indicators.core.settings import Settings
from indicators.ui.auth import from_claims

log = logging.getLogger("indicators")


def may_upload(scope: Scope, settings: Settings) -> bool:
    """Whether the sender of an HTTP request may enter data."""
    return refusal(settings, _sender(scope), datetime.now(UTC)) is None


def _sender(scope: Scope) -> Identity | None:
    headers = Headers(scope=scope)
    try:
        cookies = cookie_parser(headers.get("cookie", ""))
        signed = streamlit_cookies._get_signed_cookie_with_chunks(cookies, USER_COOKIE_NAME)
        if signed is None:
            return None
        # The cookie counts only for the origin it was given to, as on the web socket.
        origin = headers.get("origin", "")
        return from_claims(streamlit_cookies._parse_decoded_user_cookie(signed, origin))
    except (AttributeError, ValueError, TypeError, KeyError):
        log.warning("an upload came with an unreadable sign-in cookie")
        return None
