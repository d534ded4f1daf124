"""Who may change the data: every unknown closes, and only one combination opens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from indicators.core.permission import Identity, refusal
from indicators.core.problem import Problems
from indicators.core.settings import Auth, Settings, email_key
from indicators.files.load import load_settings

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ANNA = Identity("anna@health.example", True, NOW - timedelta(hours=1))
CURATORS = Settings(role="curator", auth=Auth(curators=("anna@health.example",)))


def test_a_listed_person_who_signed_in_today_may_enter_data() -> None:
    assert refusal(CURATORS, ANNA, NOW) is None


@pytest.mark.parametrize(
    ("settings", "identity", "why"),
    [
        (Settings(), ANNA, "public"),
        (Settings(auth=Auth(curators=("anna@health.example",))), ANNA, "public"),
        (CURATORS, None, "signed_out"),
        (CURATORS, Identity("", True, NOW), "signed_out"),
        (CURATORS, Identity("anna@health.example", False, NOW), "unverified"),
        (Settings(role="curator"), ANNA, "not_listed"),
        (CURATORS, Identity("bert@health.example", True, NOW), "not_listed"),
        (CURATORS, Identity("anna@health.example.org", True, NOW), "not_listed"),
        (CURATORS, Identity("аnna@health.example", True, NOW), "not_listed"),  # Cyrillic а
        (CURATORS, Identity("anna@health.example\n", True, NOW), "not_listed"),
        (CURATORS, Identity("anna@health.example,bert@x.example", True, NOW), "not_listed"),
        (CURATORS, Identity("ANNA@Health.Example", None, NOW), None),
        (CURATORS, Identity("anna@health.example", True, None), "expired"),
        (CURATORS, Identity("anna@health.example", True, NOW - timedelta(hours=12)), None),
        (CURATORS, Identity("anna@health.example", True, NOW - timedelta(hours=13)), "expired"),
        (CURATORS, Identity("anna@health.example", True, NOW + timedelta(minutes=4)), None),
        (CURATORS, Identity("anna@health.example", True, NOW + timedelta(hours=1)), "expired"),
    ],
)
def test_every_other_case(settings: Settings, identity: Identity | None, why: str | None) -> None:
    assert refusal(settings, identity, NOW) == why


@pytest.mark.parametrize(
    "text",
    ["", "*", "*@health.example", "anna", "anna@", "@health.example", "anna@health",
     "a b@x.example", "anna@health.example;bert@x.example", "ａnna@health.example"],
)  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    assert email_key(text) is None


def _settings(tmp_path: Path, text: str) -> tuple[Settings, list[str]]:
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    problems = Problems()
    return load_settings(path, problems), [str(problem) for problem in problems]


def test_the_allow_list_is_read_in_lower_case(tmp_path: Path) -> None:
    text = "role: curator\nauth:\n  curators: [Anna@Health.Example]\n"
    settings, problems = _settings(tmp_path, text)
    assert (settings.auth.curators, problems) == (("anna@health.example",), [])


def test_one_wrong_address_closes_the_whole_list(tmp_path: Path) -> None:
    text = (
        'role: curator\nauth:\n  curators:\n    - anna@health.example\n    - "*@health.example"\n'
    )
    settings, problems = _settings(tmp_path, text)
    assert settings.auth.curators == ()
    assert problems == [
        'config.yaml:5: auth.curators[1]: expected an e-mail address, found "*@health.example"'
    ]
    assert refusal(settings, ANNA, NOW) == "not_listed"


def test_the_shipped_configuration_lets_nobody_write() -> None:
    problems = Problems()
    settings = load_settings(Path(__file__).resolve().parents[2] / "config.yaml", problems)
    assert (settings.role, settings.auth.curators) == ("public", ())
    assert refusal(settings, ANNA, NOW) == "public"
