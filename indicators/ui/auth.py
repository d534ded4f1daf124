"""Sign-in of curators and who the person in front of a page is.

Streamlit speaks OpenID Connect (``st.login``) and keeps the answer in a signed cookie;
:mod:`indicators.core.permission` decides. A page that is absent protects nothing by
itself, so every write calls :func:`curator`, which reads the allow-list again from disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from indicators.core.errors import KnownProblem
from indicators.core.permission import Identity, Refusal, refusal
from indicators.core.problem import Problems
from indicators.core.settings import Settings, email_key
from indicators.files.load import load_settings
from indicators.text import mark
from indicators.ui import auth_secrets, cache

if TYPE_CHECKING:
    from indicators.ui.view import View

#: What each refusal says to the person.
REASONS: dict[Refusal, str] = {
    "public": mark("本站只供查阅，不能录入数据。"),
    "signed_out": mark("请先登录。"),
    "unverified": mark("登录服务称此邮箱未经验证，不能录入数据。"),
    "expired": mark("登录已超过时限，请重新登录。"),
    "not_listed": mark("此账户不在录入人员名单中，只能查阅。"),
}


class NotPermittedError(KnownProblem):
    """A write by someone who may not; ``code`` is the refusal, the message is a message id."""

    def __init__(self, code: Refusal) -> None:
        self.code = code
        super().__init__(REASONS[code])


def from_claims(claims: Mapping[str, object]) -> Identity | None:
    """The person in the claims of an ID token; ``None`` for nobody signed in."""
    email = claims.get("email")
    if claims.get("is_logged_in") is not True or not isinstance(email, str):
        return None
    verified = claims.get("email_verified")
    # Some services send the text "true"; anything that is neither yes nor absent is no.
    proven = None if verified is None else verified in (True, "true")
    return Identity(email, proven, _moment(claims.get("iat")))


def _moment(seconds: object) -> datetime | None:
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def identity() -> Identity | None:
    """Who is signed in in this session."""
    return from_claims(st.user.to_dict())


def role(settings: Settings) -> str:
    """What this reader is: ``curator`` only where nothing speaks against it."""
    why = refusal(settings, identity(), datetime.now(UTC))
    return "curator" if why is None else "public"


def curator() -> str:
    """The e-mail address of the person who writes, checked at this moment.

    Settings are read from disk, not from the cache: a person taken off the list cannot
    save any more, whatever page is still open. Raises :class:`NotPermittedError`.
    """
    settings = load_settings(cache.config_path(), Problems())
    person = identity()
    why = refusal(settings, person, datetime.now(UTC))
    if why is not None or person is None:
        raise NotPermittedError(why or "signed_out")
    return email_key(person.email) or person.email


def permit(by: str) -> None:
    """The writer's own check, made again under the lock of every save.

    Raises :class:`NotPermittedError`; also where the name is not that of the person here.
    """
    if curator() != by:
        raise NotPermittedError("signed_out")


def control(view: View) -> None:
    """Sign-in and sign-out in the sidebar; nothing at all in a public process."""
    if view.settings.role != "curator":
        return
    person = identity()
    if person is None:
        _sign_in(view, mark("登录以录入数据"))
        return
    st.text(view.t("已登录：{email}", email=person.email))
    why = refusal(view.settings, person, datetime.now(UTC))
    if why is not None:
        st.caption(view.t(REASONS[why]))
    if why == "expired":
        _sign_in(view, mark("重新登录"))
    st.button(view.t("退出登录"), key="auth.out", on_click=st.logout, width="stretch")


def _sign_in(view: View, label: str) -> None:
    if not auth_secrets.configured():
        st.caption(view.t("尚未配置登录服务，见部署说明。"))
        return
    st.button(
        view.t(label), key="auth.in", on_click=st.login, width="stretch", icon=":material/login:"
    )
