"""What every answer tells the browser not to do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def _policy(response: object) -> dict[str, str]:
    told: str = response["Content-Security-Policy"]  # type: ignore[index]
    return {name: rest for name, _, rest in (part.partition(" ") for part in told.split("; "))}


@pytest.mark.parametrize("path", ["/sign-in/", "/", "/link/", "/no/such/page/", "/account/"])
def test_every_answer_binds_the_browser(path: str) -> None:
    response = Client().get(path)
    policy = _policy(response)
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_static_files_are_bound_too() -> None:
    response = Client().get("/static/design/icon.svg")
    assert response.status_code == 200
    assert _policy(response)["default-src"] == "'none'"


def test_nothing_is_kept_of_pages_of_who_is_signed_in(browser: Callable[..., Client]) -> None:
    client = browser("administrator")
    for path in ("/account/", "/accounts/", "/settings/", "/no/such/page/"):
        assert "no-store" in client.get(path)["Cache-Control"], path


def test_no_page_of_ours_has_a_script_or_a_style_in_it(browser: Callable[..., Client]) -> None:
    client = browser("administrator")
    for path in ("/sign-in/", "/account/", "/accounts/", "/accounts/1/", "/settings/", "/no/such/page/"):
        page = client.get(path).content.decode()
        assert " style=" not in page
        assert "<style" not in page
        assert " onclick=" not in page
        assert "<script>" not in page


@pytest.mark.parametrize("https", ["0", "1"])
def test_django_s_check_of_a_deployment_finds_nothing(tmp_path: Path, https: str) -> None:
    environment = os.environ | {
        "COMMUNIQUE_HTTPS": https,
        "COMMUNIQUE_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "communique.ledger.settings",
    }
    command = [sys.executable, "-m", "django", "check"]
    if https == "1":
        command += ["--deploy", "--fail-level", "INFO"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


def test_over_https_cookies_are_secure_and_bound_to_the_host(tmp_path: Path) -> None:
    code = (
        "from communique.ledger import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT)"
    )
    environment = os.environ | {"COMMUNIQUE_HTTPS": "1", "COMMUNIQUE_DATA": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    name, *rest = done.stdout.split()
    assert name.startswith("__Host-sessionid-")
    assert rest == ["True", "True", "True"]


def test_two_ledgers_on_one_host_do_not_take_each_other_s_cookies(tmp_path: Path) -> None:
    code = "from communique.ledger import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME)"
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"COMMUNIQUE_DATA": str(tmp_path / folder)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for folder in ("one", "other", "one")
    ]
    assert told[0] == told[2], "a ledger that is started again knows who is signed in"
    assert not set(told[0]) & set(told[1])
