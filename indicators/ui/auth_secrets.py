"""The secrets of the sign-in service, from the environment to Streamlit.

Streamlit reads them from a TOML file alone. So that no secret stands in the project's
folder or in a process list, they come as environment variables and are written, at the
start of a curator process, to a private file that goes with the process. An operator who
prefers a file keeps ``.streamlit/secrets.toml`` and sets none of the variables.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from streamlit import config as streamlit_config
from streamlit.runtime.secrets import secrets_singleton

from indicators.core.errors import KnownProblem

#: Environment variable -> key of Streamlit's [auth] section.
VARIABLES = {
    "INDICATORS_OIDC_METADATA_URL": "server_metadata_url",
    "INDICATORS_OIDC_CLIENT_ID": "client_id",
    "INDICATORS_OIDC_CLIENT_SECRET": "client_secret",
    "INDICATORS_OIDC_REDIRECT_URI": "redirect_uri",
    "INDICATORS_COOKIE_SECRET": "cookie_secret",
}
_SHORTEST_SECRET = 32


def toml(environ: Mapping[str, str]) -> str | None:
    """The ``[auth]`` section as TOML; ``None`` where no variable is set.

    Raises :class:`KnownProblem` for a part of them or for a weak cookie secret.
    """
    given = {key: environ[name] for name, key in VARIABLES.items() if environ.get(name)}
    if not given:
        return None
    missing = [name for name, key in VARIABLES.items() if key not in given]
    if missing:
        raise KnownProblem(f"sign-in is not set up: missing in the environment: {missing}")
    if len(given["cookie_secret"]) < _SHORTEST_SECRET:
        raise KnownProblem(
            f"INDICATORS_COOKIE_SECRET: expected at least {_SHORTEST_SECRET} characters"
        )
    if not given["redirect_uri"].endswith("/oauth2callback"):
        raise KnownProblem("INDICATORS_OIDC_REDIRECT_URI: expected an address of /oauth2callback")
    lines = [f"{key} = {json.dumps(value)}" for key, value in given.items()]
    return "\n".join(["[auth]", *lines, ""])


def prepare(environ: Mapping[str, str] | None = None) -> None:
    """Hand the secrets of the environment to Streamlit. Raises :class:`KnownProblem`."""
    text = toml(os.environ if environ is None else environ)
    if text is None:
        return
    folder = Path(tempfile.mkdtemp(prefix="indicators-"))  # mode 0700
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / "secrets.toml"
    file.touch(mode=0o600)
    file.write_text(text, encoding="utf-8")
    streamlit_config.set_option("secrets.files", [str(file)])


def configured() -> bool:
    """Whether Streamlit knows a sign-in service."""
    return secrets_singleton.load_if_toml_exists() and bool(secrets_singleton.get("auth"))
