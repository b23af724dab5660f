"""The page "Your account": password, sessions and tokens, and nobody else's."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from communique.ledger.accounts import actions
from communique.ledger.accounts.actions import Refused
from communique.ledger.accounts.models import Account, Session, Token
from communique.ledger.accounts.rights import rights_of
from communique.ledger.accounts.sessions import handle
from communique.ledger.accounts.tokens import digest, viewer_of
from communique.ledger.log.models import Act
from communique.ledger.settings import SESSION_COOKIE_NAME

from .conftest import PASSWORD, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

OTHER = "nine islands in the rain"


def _another(name: str, browser: str) -> Client:
    client = Client(headers={"user-agent": browser})
    sign_in(client, name, REMOTE_ADDR="192.0.2.44")
    return client


def test_sessions_are_listed_with_browser_and_address_and_ended_one_by_one(
    browser: Callable[..., Client],
) -> None:
    here = browser("reader")
    there = _another(
        "Thanat Khoman", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
    )
    page = here.get("/account/").content.decode()
    assert "Firefox on Linux" in page
    assert "192.0.2.44" in page
    assert page.count("this one") == 1
    name = handle(there.cookies[SESSION_COOKIE_NAME].value)
    assert here.post(f"/account/sessions/{name}/end/").status_code == 302
    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200


def test_all_other_sessions_are_ended_at_once(browser: Callable[..., Client]) -> None:
    here = browser("reader")
    others = [_another("Thanat Khoman", "x") for _ in range(3)]
    assert here.post("/account/sessions/end/").status_code == 302
    assert [c.get("/account/").status_code for c in others] == [302] * 3
    assert here.get("/account/").status_code == 200


def test_nobody_ends_the_session_of_another(browser: Callable[..., Client]) -> None:
    reader, administrator = browser("reader"), browser("administrator")
    name = handle(reader.cookies[SESSION_COOKIE_NAME].value)
    assert administrator.post(f"/account/sessions/{name}/end/").status_code == 404
    assert reader.get("/account/").status_code == 200


def test_changing_the_password_ends_the_other_sessions_and_renews_this_one(
    browser: Callable[..., Client],
) -> None:
    here = browser("reader")
    there = _another("Thanat Khoman", "x")
    before = here.cookies[SESSION_COOKIE_NAME].value
    given = {"old": PASSWORD, "password": OTHER, "again": OTHER}
    assert here.post("/account/password/", given).status_code == 302
    assert here.get("/account/").status_code == 200
    assert here.cookies[SESSION_COOKIE_NAME].value != before
    assert there.get("/account/").status_code == 302
    assert sign_in(Client(), "Thanat Khoman", OTHER).status_code == 302
    act = Act.objects.latest("seq")
    assert (act.verb, act.by) == ("set password", "Thanat Khoman")
    assert "password_set" in act.after
    account = Account.objects.get()
    assert account.password not in str(Act.objects.values_list("before", "after"))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"old": "wrong"}, "This is not your password."),
        ({"again": "different one"}, "not the same password"),
        ({"password": "short", "again": "short"}, "at least 10 characters"),
    ],
)
def test_a_password_is_not_changed_by_who_does_not_know_it_or_to_a_weak_one(
    browser: Callable[..., Client], given: dict[str, str], told: str
) -> None:
    client = browser("reader")
    response = client.post("/account/password/", {"old": PASSWORD, "password": OTHER, "again": OTHER} | given)
    assert response.status_code == 422
    assert told in response.content.decode()
    assert sign_in(Client(), "Thanat Khoman").status_code == 302


def test_guessing_the_password_in_an_open_session_is_slowed_down(browser: Callable[..., Client]) -> None:
    client = browser("reader")
    given = {"old": "wrong", "password": OTHER, "again": OTHER}
    told = [client.post("/account/password/", given).content.decode() for _ in range(6)]
    assert "Too many tries" in told[-1]


def test_a_token_is_shown_once_and_kept_as_a_hash(browser: Callable[..., Client]) -> None:
    client = browser("reviewer")
    made = client.post("/account/tokens/", {"name": "Import of the archive", "scopes": ["read", "review"]})
    assert made.status_code == 201
    assert "no-store" in made["Cache-Control"]
    found = re.search(r'value="(cmq_[\w-]{43})"', made.content.decode())
    assert found is not None
    secret = found[1]
    token = Token.objects.get()
    assert token.digest == digest(secret)
    assert secret not in str(Token.objects.values().get())
    assert secret not in client.get("/account/").content.decode()
    assert secret not in str(Act.objects.values())
    assert token.digest not in str(Act.objects.values())
    viewer = viewer_of(f"Bearer {secret}")
    assert viewer is not None
    assert (viewer.name, viewer.may("decide"), viewer.by_token) == ("Narciso Ramos", True, True)
    assert Token.objects.get().used is not None


def test_a_token_may_do_what_its_scopes_and_its_owner_s_role_both_allow(
    person: Callable[..., Account],
) -> None:
    person("administrator")
    editor = person("editor")
    _, reading = actions.make_token(editor, "reading", ("read",), until=None, by="")
    _, editing = actions.make_token(editor, "editing", ("edit",), until=None, by="")
    only_reads, edits = viewer_of(f"Bearer {reading}"), viewer_of(f"Bearer {editing}")
    assert only_reads is not None
    assert edits is not None
    assert only_reads.rights == {"read", "proposals"}
    assert edits.rights == rights_of("editor") - rights_of("reviewer") | {"read", "proposals"}
    actions.change_role(editor, "reader", by="")
    demoted = viewer_of(f"Bearer {editing}")
    assert demoted is not None
    assert demoted.rights == {"read", "proposals"}


@pytest.mark.parametrize("scope", ["edit", "admin", "everything"])
def test_nobody_gives_a_token_what_they_may_not_do(browser: Callable[..., Client], scope: str) -> None:
    client = browser("reviewer")
    assert client.post("/account/tokens/", {"name": "x", "scopes": [scope]}).status_code == 422
    with pytest.raises(Refused):
        actions.make_token(Account.objects.get(), "x", (scope,), until=None, by="")  # type: ignore[arg-type]
    assert not Token.objects.exists()


def test_a_token_ends_on_its_day_when_revoked_and_with_its_account(person: Callable[..., Account]) -> None:
    person("administrator")
    account = person("reader")
    ended, one = actions.make_token(
        account, "one", ("read",), until=timezone.now() + timedelta(days=1), by=""
    )
    revoked, two = actions.make_token(account, "two", ("read",), until=None, by="")
    _, three = actions.make_token(account, "three", ("read",), until=None, by="")
    assert all(viewer_of(f"Bearer {t}") for t in (one, two, three))
    Token.objects.filter(pk=ended.pk).update(until=timezone.now())
    actions.revoke_token(revoked, by="")
    assert [viewer_of(f"Bearer {t}") is not None for t in (one, two, three)] == [False, False, True]
    actions.deactivate(account, by="")
    assert viewer_of(f"Bearer {three}") is None


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer cmq_", "Basic cmq_x", "Bearer é\0", "x" * 9999]
)
def test_what_is_no_token_speaks_for_nobody(db: None, header: str) -> None:
    assert viewer_of(header) is None


def test_a_last_day_that_is_over_or_beyond_time_is_asked_for_again(browser: Callable[..., Client]) -> None:
    client = browser("reader")
    for day in ("2001-01-01", "9999-12-31", "tomorrow"):
        given = {"name": "x", "scopes": ["read"], "until": day}
        assert client.post("/account/tokens/", given).status_code == 422


def test_nobody_sees_or_revokes_the_token_of_another_on_their_own_page(
    browser: Callable[..., Client],
) -> None:
    reader, administrator = browser("reader"), browser("administrator")
    token, _ = actions.make_token(Account.objects.get(role="reader"), "mine", ("read",), until=None, by="")
    assert administrator.post(f"/account/tokens/{token.pk}/revoke/").status_code == 404
    assert "mine" not in administrator.get("/account/").content.decode()
    assert Token.objects.get().revoked is None
    assert reader.post(f"/account/tokens/{token.pk}/revoke/").status_code == 302
    assert Token.objects.get().revoked is not None
    assert reader.post(f"/account/tokens/{token.pk}/revoke/").status_code == 404


def test_a_session_in_use_lasts_and_reading_pages_writes_no_more_than_hourly(
    browser: Callable[..., Client],
) -> None:
    client = browser("reader")
    client.get("/account/")
    before = Session.objects.get()
    client.get("/account/")
    assert Session.objects.get().session_data == before.session_data
    session = client.session
    session["seen"] = (timezone.now() - timedelta(hours=2)).isoformat()
    session.save()
    client.get("/account/")
    assert Session.objects.get().expire_date > before.expire_date


def test_a_page_is_shown_though_the_session_can_not_be_written(
    browser: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browser("reader")
    session = client.session
    session["seen"] = ""
    session.save()

    def full(*_: object, **__: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(Session, "save", full)
    assert client.get("/account/").status_code == 200
