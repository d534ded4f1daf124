"""Who may change the data. Pure: no clock, no file, no browser; every unknown closes.

Three things must hold at once: the process runs for curators (``role: curator``), the
person has proven an e-mail address through the sign-in service recently enough, and that
address stands in ``auth.curators``. It is asked again inside every write.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from indicators.core.settings import Auth, Settings, email_key

#: Why not: ``public`` the process has no write path; ``signed_out``; ``unverified`` the
#: service says the address is not proven; ``expired`` signed in too long ago;
#: ``not_listed`` not in the allow-list.
Refusal = Literal["public", "signed_out", "unverified", "expired", "not_listed"]

#: Clocks of two machines may differ by this much.
_SKEW = timedelta(minutes=5)


@dataclass(frozen=True)
class Identity:
    """What the sign-in service says of a person.

    ``verified`` is null where the service makes no statement about the address;
    ``signed_in_at`` has a time zone.
    """

    email: str
    verified: bool | None = None
    signed_in_at: datetime | None = None


def refusal(settings: Settings, identity: Identity | None, now: datetime) -> Refusal | None:
    """Why this person may not enter data, ``None`` where they may.

    ``now`` has a time zone. A person without a known time of sign-in counts as expired.
    """
    if settings.role != "curator":
        return "public"
    if identity is None or not identity.email:
        return "signed_out"
    if identity.verified is False:
        return "unverified"
    if not _listed(identity.email, settings.auth):
        return "not_listed"
    return None if _recent(identity.signed_in_at, settings.auth, now) else "expired"


def _listed(email: str, auth: Auth) -> bool:
    key = email_key(email)
    return key is not None and key in {email_key(known) for known in auth.curators}


def _recent(signed_in_at: datetime | None, auth: Auth, now: datetime) -> bool:
    if signed_in_at is None:
        return False
    age = now - signed_in_at
    return -_SKEW <= age <= timedelta(hours=auth.session_hours)
