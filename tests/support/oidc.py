"""A small OpenID Connect provider for the tests: Authlib's grants behind Starlette routes.

Authorization code with PKCE, signed ID tokens, discovery, JWKS and end-of-session, as a
process of its own on the loopback address. People and the one client are given on the
command line; nothing is kept. It is real where the dashboard meets it: no check is mocked.

    python -m tests.support.oidc PORT CLIENT_ID CLIENT_SECRET REDIRECT_URI PERSON…

PERSON is ``address:password``; an address that starts with ``?`` is one that the provider
calls unverified.
"""

from __future__ import annotations

import html
import json
import os
import secrets
import sys
import time
from dataclasses import dataclass
from typing import Any

from authlib.oauth2.rfc6749 import AuthorizationServer, OAuth2Error
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload, OAuth2Request
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

_KEY_ID = "test-key"


@dataclass(frozen=True)
class Person:
    """Someone who can sign in at the provider."""

    email: str
    password: str
    verified: bool = True

    def get_user_id(self) -> str:
        """The subject of the ID token."""
        return self.email


@dataclass(frozen=True)
class Client:
    """The dashboard, as the provider knows it."""

    client_id: str
    client_secret: str
    redirect_uri: str

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_allowed_scope(self, scope: str) -> str:
        return " ".join(s for s in scope.split() if s in ("openid", "email", "profile"))

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.redirect_uri

    def check_client_secret(self, client_secret: str) -> bool:
        return secrets.compare_digest(client_secret, self.client_secret)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return endpoint != "token" or method in ("client_secret_basic", "client_secret_post")

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass(frozen=True)
class Code:
    """An authorization code that was handed out and not used yet."""

    code: str
    client_id: str
    redirect_uri: str
    scope: str
    nonce: str | None
    code_challenge: str | None
    code_challenge_method: str | None
    person: Person
    auth_time: int

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str | None:
        return self.nonce

    def get_auth_time(self) -> int:
        return self.auth_time

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


class Provider:
    """One issuer with one client and a few people."""

    def __init__(self, issuer: str, client: Client, people: list[Person]) -> None:
        self.issuer, self.client = issuer, client
        self.people = {person.email: person for person in people}
        self.codes: dict[str, Code] = {}
        self.key = RSAKey.generate_key(2048, {"kid": _KEY_ID, "use": "sig", "alg": "RS256"})
        self.server = _Server(self)

    def metadata(self) -> dict[str, Any]:
        """The discovery document."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "end_session_endpoint": f"{self.issuer}/logout",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "email", "profile"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }


class _Server(AuthorizationServer):
    """Authlib's server; requests are prepared by the routes, which await the form."""

    def __init__(self, provider: Provider) -> None:
        super().__init__(scopes_supported=["openid", "email", "profile"])
        self.provider = provider
        self.register_token_generator(
            "default", BearerTokenGenerator(lambda **_: secrets.token_urlsafe(24), None, None)
        )
        self.register_grant(
            _CodeGrant, [_IdToken(provider, require_nonce=True), CodeChallenge(required=True)]
        )

    def query_client(self, client_id: str) -> Client | None:
        known = self.provider.client
        return known if client_id == known.client_id else None

    def save_token(self, token: dict[str, Any], request: OAuth2Request) -> None:
        """Access tokens open nothing here."""

    def create_oauth2_request(self, request: OAuth2Request) -> OAuth2Request:
        return request

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        """Nobody listens."""

    def handle_response(self, status: int, body: Any, headers: list[tuple[str, str]]) -> Response:
        text = json.dumps(body) if isinstance(body, dict) else body or ""
        return Response(text, status_code=status, headers=dict(headers))


class _CodeGrant(AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic", "client_secret_post")

    def save_authorization_code(self, code: str, request: Any) -> None:
        data = request.payload.data
        self.server.provider.codes[code] = Code(
            code,
            request.client.client_id,
            data["redirect_uri"],
            request.scope,
            data.get("nonce"),
            data.get("code_challenge"),
            data.get("code_challenge_method"),
            request.user,
            int(time.time()),
        )

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        found = self.server.provider.codes.get(code)
        return found if found is not None and found.client_id == client.client_id else None

    def delete_authorization_code(self, authorization_code: Code) -> None:
        self.server.provider.codes.pop(authorization_code.code, None)

    def authenticate_user(self, authorization_code: Code) -> Person:
        return authorization_code.person


class _IdToken(OpenIDCode):
    def __init__(self, provider: Provider, require_nonce: bool) -> None:
        super().__init__(require_nonce=require_nonce)
        self.provider = provider

    def exists_nonce(self, nonce: str, request: Any) -> bool:
        return any(code.nonce == nonce for code in self.provider.codes.values())

    def get_client_algorithm(self, client: Client) -> str:
        return "RS256"

    def get_encode_header(self, client: Client) -> dict[str, str]:
        return {"alg": "RS256", "kid": _KEY_ID}

    def resolve_client_private_key(self, client: Client) -> RSAKey:
        return self.provider.key

    def get_client_claims(self, client: Client) -> dict[str, Any]:
        return {"iss": self.provider.issuer}

    def get_compatible_claims(self, request: Any) -> dict[str, Any]:
        now = int(time.time())
        client = request.client.client_id
        return {"iss": self.provider.issuer, "aud": [client], "iat": now, "exp": now + 600}

    def generate_user_info(self, user: Person, scope: str) -> UserInfo:
        return UserInfo(sub=user.email, email=user.email, email_verified=user.verified)


_PAGE = """<!doctype html><html lang="zh-CN"><title>登录服务</title><h1>登录服务（测试）</h1>
<form method="post"><label>邮箱 <input name="email" autofocus></label>
<label>密码 <input name="password" type="password"></label>{hidden}
<button>登录</button></form><p>{message}</p></html>"""


def application(provider: Provider) -> Starlette:
    """The provider as an ASGI application."""

    async def discovery(_: Request) -> Response:
        return JSONResponse(provider.metadata())

    async def jwks(_: Request) -> Response:
        return JSONResponse({"keys": [provider.key.as_dict(private=False)]})

    async def authorize(request: Request) -> Response:
        query = dict(request.query_params)
        asked = _request(request, query)
        try:
            grant = provider.server.get_consent_grant(asked, None)
        except OAuth2Error as error:
            return HTMLResponse(html.escape(str(error)), status_code=400)
        if request.method == "GET":
            return HTMLResponse(_PAGE.format(hidden="", message=""))
        form = await request.form()
        person = provider.people.get(str(form.get("email")))
        if person is None or person.password != form.get("password"):
            return HTMLResponse(_PAGE.format(hidden="", message="邮箱或密码不对"), 401)
        return provider.server.create_authorization_response(asked, person, grant)

    async def token(request: Request) -> Response:
        form = {key: str(value) for key, value in (await request.form()).items()}
        return provider.server.create_token_response(_request(request, form))

    async def logout(request: Request) -> Response:
        back = request.query_params.get("post_logout_redirect_uri")
        allowed = back == provider.client.redirect_uri
        return RedirectResponse(back, 302) if allowed and back else HTMLResponse("已退出")

    return Starlette(
        routes=[
            Route("/.well-known/openid-configuration", discovery),
            Route("/jwks", jwks),
            Route("/authorize", authorize, methods=["GET", "POST"]),
            Route("/token", token, methods=["POST"]),
            Route("/logout", logout),
        ]
    )


class _Asked(OAuth2Request):
    """A request whose payload was read before Authlib sees it."""

    def __init__(self, request: Request, data: dict[str, str]) -> None:
        super().__init__(request.method, str(request.url), headers=dict(request.headers))
        self.headers = _Headers(request)  # type: ignore[assignment]
        self.payload = BasicOAuth2Payload(data)
        self._data = data

    @property
    def args(self) -> dict[str, str]:
        return self._data

    @property
    def form(self) -> dict[str, str]:
        return self._data


class _Headers(dict[str, str]):
    """Header names are case-blind."""

    def __init__(self, request: Request) -> None:
        super().__init__({name.lower(): value for name, value in request.headers.items()})

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(name.lower(), default)


def _request(request: Request, data: dict[str, str]) -> OAuth2Request:
    return _Asked(request, data)


def main(port: str, client_id: str, client_secret: str, redirect_uri: str, *people: str) -> None:
    """Serve until the process is ended."""
    import uvicorn

    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # loopback only
    known = []
    for entry in people:
        address, _, password = entry.partition(":")
        known.append(Person(address.lstrip("?"), password, not address.startswith("?")))
    provider = Provider(
        f"http://127.0.0.1:{port}", Client(client_id, client_secret, redirect_uri), known
    )
    uvicorn.run(application(provider), host="127.0.0.1", port=int(port), log_level="warning")


if __name__ == "__main__":
    main(*sys.argv[1:])
