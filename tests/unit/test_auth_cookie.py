"""Who may send an upload: only the signed cookie of a listed person, from its own origin."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest
from starlette.types import Scope
from streamlit import config as streamlit_config
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from indicators.core.settings import Auth, Settings
from indicators.ui.auth_cookie import may_upload

SECRET = "s" * 40
ORIGIN = "https://entry.example"
CURATORS = Settings(role="curator", auth=Auth(curators=("anna@health.example",)))


@pytest.fixture(autouse=True)
def _secret() -> Iterator[None]:
    before = streamlit_config.get_option("server.cookieSecret")
    streamlit_config.set_option("server.cookieSecret", SECRET)
    yield
    streamlit_config.set_option("server.cookieSecret", before)


def _cookie(secret: str = SECRET, **claims: object) -> str:
    known = {"email": "anna@health.example", "is_logged_in": True, "origin": ORIGIN}
    told = {**known, "iat": int(time.time()), **claims}
    value = create_signed_value(secret, USER_COOKIE_NAME, json.dumps(told)).decode("latin-1")
    return f"other=1; {USER_COOKIE_NAME}={value}"


def _request(cookie: str | None, origin: str | None = ORIGIN) -> Scope:
    headers = [(b"cookie", cookie.encode("latin-1"))] if cookie is not None else []
    headers += [(b"origin", origin.encode())] if origin is not None else []
    return {"type": "http", "path": "/_stcore/upload_file/a/b", "headers": headers}


def test_the_signed_cookie_of_a_listed_person_opens() -> None:
    assert may_upload(_request(_cookie()), CURATORS)


@pytest.mark.parametrize(
    "request_",
    [
        _request(None),
        _request(""),
        _request(f"{USER_COOKIE_NAME}=anna@health.example"),
        _request(f'{USER_COOKIE_NAME}="; ='),
        _request(_cookie("t" * 40)),
        _request(_cookie()[:-2]),
        _request(_cookie(), "https://elsewhere.example"),
        _request(_cookie(), None),
        _request(_cookie(email="eve@elsewhere.example")),
        _request(_cookie(is_logged_in=False)),
        _request(_cookie(email_verified=False)),
        _request(_cookie(iat=int(time.time()) - 13 * 3600)),
    ],
)
def test_everything_else_stays_closed(request_: Scope) -> None:
    assert not may_upload(request_, CURATORS)


def test_a_public_process_takes_no_upload_from_anybody() -> None:
    public = Settings(auth=CURATORS.auth)
    assert not may_upload(_request(_cookie()), public)
