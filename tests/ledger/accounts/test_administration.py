"""What administrators do with accounts and settings, and the administrator that always stays."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communique.ledger.accounts import actions, house
from communique.ledger.accounts.actions import Refused
from communique.ledger.accounts.models import Account, Setting, Token
from communique.ledger.history.undo import NotUndoable, undo
from communique.ledger.history.verify import verify
from communique.ledger.log.models import Act

from .conftest import PASSWORD, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_an_account_is_added_and_its_owner_chooses_a_password_by_the_link_shown(
    browser: Callable[..., Client],
) -> None:
    client = browser("administrator")
    given = {"name": "Thanat Khoman", "full_name": "Minister of Foreign Affairs", "role": "reviewer"}
    added = client.post("/accounts/add/", given)
    assert added.status_code == 201
    found = re.search(r'value="http://testserver(/link/[\w-]{43}/)"', added.content.decode())
    assert found is not None
    owner = Client()
    owner.get(found[1])
    owner.post("/link/", {"password": PASSWORD, "again": PASSWORD})
    assert owner.get("/account/").status_code == 200
    assert owner.get("/accounts/").status_code == 403
    assert [
        (a.verb, a.by) for a in Act.objects.filter(subject__startswith="account:").order_by("seq")[1:]
    ] == [
        ("create", "Adam Malik"),
        ("give link", "Adam Malik"),
        ("set password", "Thanat Khoman"),
    ]


def test_before_a_password_is_chosen_nobody_signs_in(browser: Callable[..., Client]) -> None:
    browser("administrator").post("/accounts/add/", {"name": "Thanat Khoman", "role": "reader"})
    for guess in ("", " ", "!"):
        assert sign_in(Client(), "Thanat Khoman", guess).status_code == 422


@pytest.mark.parametrize("name", ["ADAM MALIK", "Adam  Malik", "Ａｄａｍ Malik", " adam malik "])
def test_two_accounts_do_not_have_the_same_name_in_another_spelling(
    browser: Callable[..., Client], name: str
) -> None:
    response = browser("administrator").post("/accounts/add/", {"name": name, "role": "reader"})
    assert response.status_code == 422
    assert "there is an account called" in response.content.decode()


def test_a_new_role_counts_at_once(browser: Callable[..., Client]) -> None:
    reader, administrator = browser("reader"), browser("administrator")
    pk = Account.objects.get(role="reader").pk
    assert reader.get("/settings/").status_code == 403
    administrator.post(f"/accounts/{pk}/role/", {"role": "administrator", "why": "stands in"})
    assert reader.get("/settings/").status_code == 200
    act = Act.objects.latest("seq")
    assert (act.verb, act.before["role"], act.after["role"], act.why) == (
        "change role",
        "reader",
        "administrator",
        "stands in",
    )


def test_who_is_deactivated_is_out_at_once(browser: Callable[..., Client]) -> None:
    reader, administrator = browser("reader"), browser("administrator")
    pk = Account.objects.get(role="reader").pk
    administrator.post(f"/accounts/{pk}/deactivate/")
    assert reader.get("/account/").status_code == 302
    assert sign_in(Client(), "Thanat Khoman").status_code == 422
    administrator.post(f"/accounts/{pk}/activate/")
    assert sign_in(Client(), "Thanat Khoman").status_code == 302


def test_the_last_administrator_is_neither_demoted_nor_deactivated(browser: Callable[..., Client]) -> None:
    client = browser("administrator")
    pk = Account.objects.get().pk
    for path, given in ((f"/accounts/{pk}/deactivate/", {}), (f"/accounts/{pk}/role/", {"role": "editor"})):
        refused = client.post(path, given)
        assert refused.status_code == 409
        assert "is the last administrator" in refused.content.decode()
    assert client.get("/accounts/").status_code == 200
    assert Act.objects.count() == 1


def test_an_administrator_who_may_not_sign_in_does_not_count_as_one(person: Callable[..., Account]) -> None:
    one, two = person("administrator"), person("administrator", "Thanat Khoman")
    actions.deactivate(two, by="")
    with pytest.raises(Refused, match="last administrator"):
        actions.change_role(one, "editor", by="")


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_demote_each_other_at_once_leave_one(person: Callable[..., Account]) -> None:
    one, two = person("administrator"), person("administrator", "Thanat Khoman")

    def demote(account: Account) -> bool:
        try:
            actions.change_role(account, "reader", by="")
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(demote, (one, two))) == [False, True]
    assert Account.objects.filter(role="administrator").count() == 1


def test_the_token_of_another_is_revoked_by_administrators(browser: Callable[..., Client]) -> None:
    client = browser("administrator")
    account = actions.create("Thanat Khoman", "reader", by="")
    token, _ = actions.make_token(account, "Import", ("read",), until=None, by=account.name)
    assert "Import" in client.get(f"/accounts/{account.pk}/").content.decode()
    mine = Account.objects.get(name="Adam Malik")
    assert client.post(f"/accounts/{mine.pk}/tokens/{token.pk}/revoke/").status_code == 404
    assert client.post(f"/accounts/{account.pk}/tokens/{token.pk}/revoke/").status_code == 302
    assert Token.objects.get().revoked is not None


def test_settings_are_kept_each_change_an_act(browser: Callable[..., Client]) -> None:
    client = browser("administrator")
    given = {"name": "The Partnership", "public": "on", "contact": "the Registry"}
    assert client.post("/settings/", given).status_code == 302
    assert house.current() == house.House("The Partnership", public=True, contact="the Registry")
    assert "The Partnership" in client.get("/settings/").content.decode()
    client.post("/settings/", given | {"contact": ""})
    acts = Act.objects.filter(subject__startswith="setting:").values_list("subject", "before", "after", "by")
    assert sorted(acts, key=str) == sorted(
        [
            ("setting:name", None, {"value": "The Partnership"}, "Adam Malik"),
            ("setting:public", None, {"value": True}, "Adam Malik"),
            ("setting:contact", None, {"value": "the Registry"}, "Adam Malik"),
            ("setting:contact", {"value": "the Registry"}, {"value": ""}, "Adam Malik"),
        ],
        key=str,
    )


def test_a_setting_that_is_none_or_of_another_kind_is_refused(db: None) -> None:
    for name, value in (("colour", "red"), ("public", "yes"), ("name", 1)):
        with pytest.raises(Refused):
            actions.change_setting(name, value, by="")
    assert not Setting.objects.exists()


def test_undo_takes_back_roles_activity_settings_and_new_tokens(person: Callable[..., Account]) -> None:
    person("administrator")
    account = person("reader")
    actions.change_role(account, "editor", by="")
    undo(Act.objects.latest("seq").seq, by="Adam Malik")
    assert Account.objects.get(pk=account.pk).role == "reader"
    actions.deactivate(account, by="")
    undo(Act.objects.latest("seq").seq, by="Adam Malik")
    assert Account.objects.get(pk=account.pk).is_active
    actions.change_setting("public", True, by="")
    undo(Act.objects.latest("seq").seq, by="Adam Malik")
    assert not house.current().public
    token, _ = actions.make_token(account, "Import", ("read",), until=None, by="")
    undo(Act.objects.latest("seq").seq, by="Adam Malik")
    token.refresh_from_db()
    assert token.revoked is not None
    assert verify().faults == ()


def test_undo_neither_revives_a_token_nor_takes_the_last_administrator(
    person: Callable[..., Account],
) -> None:
    one = person("administrator")
    made = Act.objects.latest("seq")
    with pytest.raises(NotUndoable, match="last administrator"):
        undo(made.seq, by="")
    token, _ = actions.make_token(one, "Import", ("read",), until=None, by="")
    actions.revoke_token(token, by="")
    with pytest.raises(NotUndoable, match="stays revoked"):
        undo(Act.objects.latest("seq").seq, by="")
    assert verify().faults == ()


def test_undoing_a_new_account_lets_it_sign_in_no_longer(person: Callable[..., Account]) -> None:
    person("administrator")
    person("reader")
    undo(Act.objects.latest("seq").seq, by="Adam Malik")
    assert sign_in(Client(), "Thanat Khoman").status_code == 422
    assert verify().faults == ()


def test_the_check_of_the_log_notices_a_role_that_nobody_gave(person: Callable[..., Account]) -> None:
    person("administrator")
    account = person("reader")
    assert verify().faults == ()
    Account.objects.filter(pk=account.pk).update(role="administrator")
    assert verify().faults == (f"account {account.pk} does not stand as act 2 left it",)


def test_the_check_of_the_log_notices_accounts_tokens_and_settings_that_nobody_made(
    person: Callable[..., Account],
) -> None:
    account = person("administrator")
    forged = Account.objects.create(name="x", key="x", role="administrator", made=account.made)
    token = Token.objects.create(account=account, name="x", digest="x", scopes=["admin"], made=account.made)
    Setting.objects.create(name="public", value=True)
    assert verify().faults == (
        f"account {forged.pk} is in no act of the log",
        f"token {token.pk} is in no act of the log",
        "setting public is in no act of the log",
    )


def test_a_full_name_is_changed_and_the_name_in_the_history_stays(browser: Callable[..., Client]) -> None:
    client = browser("administrator")
    pk = Account.objects.get().pk
    client.post(f"/accounts/{pk}/name/", {"full_name": " Foreign  Minister\u202e "})
    assert "Foreign Minister" in client.get(f"/accounts/{pk}/").content.decode()
    act = Act.objects.latest("seq")
    assert (act.verb, act.by, act.after["full_name"]) == ("rename", "Adam Malik", "Foreign Minister")


@pytest.mark.django_db(transaction=True)
def test_of_two_accounts_made_with_one_name_at_once_one_is_refused() -> None:
    def make(name: str) -> bool:
        try:
            actions.create(name, "reader", by="")
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(make, ("Adam Malik", "adam malik", "ADAM MALIK", "Adam  Malik"))) == 1
    assert verify().faults == ()


def test_lists_of_accounts_sessions_and_tokens_take_as_many_queries_however_long(
    browser: Callable[..., Client],
) -> None:
    client = browser("administrator")
    account = Account.objects.get()

    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    paths = ("/account/", "/accounts/", f"/accounts/{account.pk}/")
    before = [asked(path) for path in paths]
    for i in range(12):
        actions.make_token(
            actions.create(f"Delegate {i}", "reader", by=""), "x", ("read",), until=None, by=""
        )
        actions.make_token(account, f"Import {i}", ("read",), until=None, by="")
        sign_in(Client(), "Adam Malik")
    assert [asked(path) for path in paths] == before


def test_what_was_done_to_accounts_is_seen_by_administrators_only(browser: Callable[..., Client]) -> None:
    reader, administrator = browser("reader"), browser("administrator")
    pk = Account.objects.get(role="reader").pk
    assert "Thanat Khoman" in administrator.get(f"/history/?subject=account:{pk}").content.decode()
    assert f"/history/?subject=account%3A{pk}" in administrator.get(f"/accounts/{pk}/").content.decode()
    assert "create" not in reader.get(f"/history/?subject=account:{pk}").content.decode()
    assert "create" not in reader.get("/history/").content.decode()


def test_who_may_not_manage_accounts_takes_back_no_act_on_one(browser: Callable[..., Client]) -> None:
    reviewer = browser("reviewer")
    browser("administrator")
    seq = Act.objects.get(subject=f"account:{Account.objects.get(role='administrator').pk}").seq
    browser("administrator", "Thanat Khoman")
    reviewer.post(f"/history/{seq}/undo/")
    assert Account.objects.get(name="Adam Malik").is_active
    assert not Act.objects.filter(verb="undo").exists()
