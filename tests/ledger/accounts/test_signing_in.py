"""Signing in and out: what opens the door, what slows down who guesses, and what a session is worth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.db.models import F
from django.test import Client

from communique.ledger.accounts import actions, throttle
from communique.ledger.accounts.models import Account, Session, Tries
from communique.ledger.accounts.sessions import handle
from communique.ledger.settings import PASSWORD_HASHERS, SESSION_COOKIE_NAME

from .conftest import PASSWORD, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def _later(by: timedelta) -> None:
    """Let time pass, as far as tries are concerned."""
    Tries.objects.update(last=F("last") - by)


def test_who_is_not_signed_in_is_asked_to_and_comes_back_to_the_page_asked_for(
    administrator: Account,
) -> None:
    client = Client()
    asked = client.get("/accounts/?page=2")
    assert asked["Location"] == "/sign-in/?next=%2Faccounts%2F%3Fpage%3D2"
    page = client.get(asked["Location"])
    assert 'name="next" value="/accounts/?page=2"' in page.content.decode()
    given = {"name": "Adam Malik", "password": PASSWORD, "next": "/accounts/?page=2"}
    assert client.post("/sign-in/", given)["Location"] == "/accounts/?page=2"
    assert client.get("/accounts/").status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/",
        "//example.org/",
        "///example.org/",
        "/\\example.org/",
        "\\\\example.org",
        "http:example.org",
        "javascript:alert(1)",
        "/\t/example.org/",
        "\n//example.org/",
        "account/",
        "//testserver@example.org/",
    ],
)
def test_signing_in_leads_to_no_other_site(administrator: Account, elsewhere: str) -> None:
    client = Client()
    given = {"name": "Adam Malik", "password": PASSWORD, "next": elsewhere}
    assert client.post("/sign-in/", given)["Location"] == "/"
    assert client.get("/sign-in/", {"next": elsewhere})["Location"] == "/"


def test_the_name_is_known_whatever_its_case(administrator: Account) -> None:
    assert sign_in(Client(), "ADAM malik ").status_code == 302


def test_a_wrong_password_and_an_unknown_name_are_told_alike(administrator: Account) -> None:
    wrong, unknown = sign_in(Client(), "Adam Malik", "wrong"), sign_in(Client(), "Nobody", "wrong")
    assert wrong.status_code == unknown.status_code == 422
    told = "This name and this password don&#x27;t belong together."
    assert told in wrong.content.decode()
    assert told in unknown.content.decode()


def test_a_password_is_hashed_once_whether_or_not_the_name_is_known(
    person: Callable[..., Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    person("administrator")
    gone = person("reader")
    actions.deactivate(gone, by="")
    actions.create("Tun Abdul Razak", "reader", by="")
    hashed: list[str] = []
    encode = hashers.MD5PasswordHasher.encode

    def counted(self: Any, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", counted)
    for name in ("Adam Malik", gone.name, "Tun Abdul Razak", "Nobody"):
        hashed.clear()
        assert sign_in(Client(), name, "wrong").status_code == 422
        assert len(hashed) == 1, name


def test_who_may_no_longer_sign_in_is_not_let_in(person: Callable[..., Account]) -> None:
    person("administrator")
    actions.deactivate(person("reader"), by="")
    assert sign_in(Client(), "Thanat Khoman").status_code == 422


def test_signing_in_gives_a_new_cookie_and_the_one_before_is_worth_nothing(administrator: Account) -> None:
    planted = Client()
    planted.get(f"/link/{'x' * 43}/")
    session = planted.session
    session["planted"] = True
    session.save()
    before = session.session_key
    planted.cookies[SESSION_COOKIE_NAME] = before
    sign_in(planted, "Adam Malik")
    after = planted.cookies[SESSION_COOKIE_NAME].value
    assert after != before
    assert "planted" not in planted.session
    thief = Client()
    thief.cookies[SESSION_COOKIE_NAME] = before
    assert thief.get("/account/").status_code == 302


def test_the_database_does_not_hold_what_the_cookie_says(browser: Callable[..., Client]) -> None:
    cookie = browser("reader").cookies[SESSION_COOKIE_NAME].value
    row = Session.objects.get()
    assert row.session_key == handle(cookie)
    assert cookie not in f"{row.session_key} {row.session_data} {row.get_decoded()}"
    assert row.account == Account.objects.get()


def test_the_cookie_is_for_us_alone(browser: Callable[..., Client]) -> None:
    cookie = browser("reader").cookies[SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_signing_out_ends_the_session_and_needs_a_form(browser: Callable[..., Client]) -> None:
    client = browser("reader")
    cookie = client.cookies[SESSION_COOKIE_NAME].value
    assert client.get("/sign-out/").status_code == 405
    assert client.get("/account/").status_code == 200
    client.post("/sign-out/")
    again = Client()
    again.cookies[SESSION_COOKIE_NAME] = cookie
    assert again.get("/account/").status_code == 302
    assert not Session.objects.exists()


def test_guessing_a_name_s_password_is_slowed_down_even_from_many_addresses(administrator: Account) -> None:
    for i in range(5):
        assert sign_in(Client(), "Adam Malik", "wrong", REMOTE_ADDR=f"192.0.2.{i}").status_code == 422
    refused = sign_in(Client(), "ADAM MALIK", REMOTE_ADDR="198.51.100.7")
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) >= 1
    assert "Too many tries" in refused.content.decode()
    assert SESSION_COOKIE_NAME not in refused.cookies
    _later(timedelta(seconds=2))
    assert sign_in(Client(), "Adam Malik").status_code == 302


def test_each_failure_doubles_the_wait(administrator: Account) -> None:
    waits = []
    for _ in range(14):
        while (wait := throttle.begin("Adam Malik", "192.0.2.1")) > timedelta(0):
            waits.append(round(wait.total_seconds()))
            _later(wait)
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256]


def test_guessing_from_an_address_is_slowed_down_whatever_the_names(administrator: Account) -> None:
    for i in range(20):
        assert sign_in(Client(), f"Name {i}", "wrong").status_code == 422
    assert sign_in(Client(), "Adam Malik").status_code == 429
    assert sign_in(Client(), "Adam Malik", REMOTE_ADDR="192.0.2.9").status_code == 302


def test_an_address_of_ipv6_counts_with_its_whole_network(administrator: Account) -> None:
    for i in range(20):
        sign_in(Client(), f"Name {i}", "wrong", REMOTE_ADDR=f"2001:db8::{i}")
    assert sign_in(Client(), "Adam Malik", REMOTE_ADDR="2001:db8::ffff").status_code == 429
    assert sign_in(Client(), "Adam Malik", REMOTE_ADDR="2001:db8:0:1::1").status_code == 302


def test_an_account_of_one_s_own_does_not_buy_more_guesses(browser: Callable[..., Client]) -> None:
    browser("reader")
    for i in range(30):
        guessed = sign_in(Client(), f"Name {i}", "wrong")
        own = sign_in(Client(), "Thanat Khoman")
        if 429 in (guessed.status_code, own.status_code):
            break
    assert i == 19


def test_a_forwarded_address_is_believed_only_behind_a_proxy(administrator: Account, settings: Any) -> None:
    for i in range(20):
        sign_in(Client(), f"Name {i}", "wrong", HTTP_X_FORWARDED_FOR=f"192.0.2.{i}")
    assert sign_in(Client(), "Adam Malik", HTTP_X_FORWARDED_FOR="192.0.2.99").status_code == 429
    settings.PROXIES = 1
    assert sign_in(Client(), "Adam Malik", HTTP_X_FORWARDED_FOR="192.0.2.99").status_code == 302


def test_behind_a_proxy_what_the_client_forges_before_it_counts_for_nothing(
    administrator: Account, settings: Any
) -> None:
    settings.PROXIES = 1
    for i in range(20):
        sign_in(Client(), f"Name {i}", "wrong", HTTP_X_FORWARDED_FOR=f"192.0.2.{i}, 203.0.113.5")
    forged = sign_in(Client(), "Adam Malik", HTTP_X_FORWARDED_FOR="192.0.2.99, 203.0.113.5")
    assert forged.status_code == 429


def test_failures_are_forgotten_after_a_day_and_leave_no_names_behind(administrator: Account) -> None:
    for _ in range(5):
        sign_in(Client(), "my secret typed into the wrong field", "wrong")
    kept = " ".join(Tries.objects.values_list("key", flat=True))
    assert "secret" not in kept
    assert "127.0.0.1" not in kept
    _later(timedelta(days=2))
    sign_in(Client(), "Adam Malik")
    assert not Tries.objects.filter(failed__gt=0).exists()


@pytest.mark.parametrize("name", ["", "x" * 151, "a\0b", "\ud800"])
def test_what_is_no_name_is_asked_for_again(administrator: Account, name: str) -> None:
    response = Client().post(
        "/sign-in/",
        b"name=" + name.encode("utf-8", "surrogatepass").replace(b"\0", b"%00") + b"&password=x",
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 422


def test_passwords_are_hashed_slowly_and_with_salt(db: None, settings: Any) -> None:
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    one, two = (
        actions.create(name, "reader", by="", password=PASSWORD) for name in ("Thanat Khoman", "Adam Malik")
    )
    assert one.password.startswith("scrypt$16384$")
    assert one.password.split("$")[-1] != two.password.split("$")[-1]


def test_where_nobody_has_an_account_the_page_says_where_the_first_is_made() -> None:
    assert "Nobody has an account yet." in Client().get("/sign-in/").content.decode()
    actions.create("Adam Malik", "administrator", by="")
    assert "Nobody has an account yet." not in Client().get("/sign-in/").content.decode()
