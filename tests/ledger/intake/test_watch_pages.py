"""Watches on the web and from the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta

import pytest
from django.test import Client

from communique.ledger.accounts import actions as accounts
from communique.ledger.history.verify import verify
from communique.ledger.intake import watches
from communique.ledger.intake.models import Watch
from communique.ledger.log.models import Act

URL = "https://example.org/news.xml"


@pytest.fixture
def editor(db, settings):
    return _signed_in("editor", settings)


@pytest.fixture
def reader(db, settings):
    return _signed_in("reader", settings)


def _signed_in(role, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    accounts.create("S. Rajaratnam", role, by="", password="seven rivers and a bridge")
    client = Client()
    client.post("/sign-in/", {"name": "S. Rajaratnam", "password": "seven rivers and a bridge"})
    return client


def shown(client) -> str:
    return client.get("/watches/").content.decode()


def test_an_editor_watches_an_address_stops_and_resumes(editor):
    assert "Nothing is watched" in shown(editor)
    given = editor.post("/watches/", {"url": f" {URL}#top ", "every": "21600"})
    assert given["Location"] == "/watches/"
    watch = Watch.objects.get()
    assert (watch.url, watch.every, watch.by) == (URL, timedelta(hours=6), "S. Rajaratnam")
    assert "waiting for its first look" in shown(editor)
    editor.post(f"/watches/{watch.pk}/stop/")
    assert "is watched no more" in shown(editor)
    assert "stopped" in shown(editor)
    editor.post(f"/watches/{watch.pk}/look/")
    assert "resume it first" in shown(editor)
    editor.post(f"/watches/{watch.pk}/resume/")
    editor.post(f"/watches/{watch.pk}/look/")
    assert "will be looked at now" in shown(editor)
    assert [a.verb for a in Act.objects.filter(subject=f"watch:{watch.pk}")] == [
        "watch",
        "stop watching",
        "resume watching",
    ]
    assert verify().faults == ()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org/", "example.org", ""])
def test_what_is_no_address_of_the_web_is_refused_beside_its_field(editor, url):
    page = editor.post("/watches/", {"url": url, "every": "3600"})
    assert page.status_code == 200
    assert 'class="error"' in page.content.decode()
    assert not Watch.objects.exists()


def test_an_address_that_is_watched_already_says_so(editor):
    watches.watch(URL, by="malik")
    assert "is watched already" in editor.post("/watches/", {"url": URL, "every": "3600"}).content.decode()


def test_a_reader_sees_what_is_watched_and_changes_nothing(reader):
    watch = watches.watch(URL, by="malik")
    assert URL in shown(reader)
    assert f'action="/watches/{watch.pk}/' not in shown(reader)
    assert 'name="every"' not in shown(reader)
    for path in ("", f"{watch.pk}/stop/", f"{watch.pk}/resume/", f"{watch.pk}/look/"):
        assert (
            reader.post(f"/watches/{path}", {"url": "https://example.org/b", "every": 3600}).status_code
            == 403
        )
    assert [w.stopped for w in Watch.objects.all()] == [False]


def test_what_servers_and_addresses_say_is_shown_inert(reader):
    watch = watches.watch("https://example.org/<script>alert(1)</script>", by="malik")
    watch.result, watch.looked_at = "the server answered 500 <b>\u202eevil", watch.added
    watch.save()
    page = shown(reader)
    assert "<script>alert" not in page
    assert "500 &lt;b&gt;" in page
    assert '<bdi class="invisible-char" data-code="U+202E">' in page


@pytest.mark.parametrize("number", [1, 12])
def test_the_page_asks_the_database_as_often_for_many_as_for_one(
    reader, django_assert_max_num_queries, number
):
    for n in range(number):
        watches.watch(f"https://example.org/{n}", by="malik")
    with django_assert_max_num_queries(8):
        shown(reader)


def run(ledger, *words):
    command = [sys.executable, "-m", "communique", *words]
    return subprocess.run(command, env=ledger.environment, capture_output=True, text=True, check=False)


def test_addresses_are_watched_listed_and_stopped_from_the_command_line(fresh_ledger):
    added = run(fresh_ledger, "watch", URL, "https://example.org/a", "--every", "6h")
    assert added.returncode == 0, added.stderr
    assert added.stdout.splitlines()[0] == f"{URL} is watched, every 6 hours"
    again = run(fresh_ledger, "watch", URL, "ftp://example.org/")
    assert again.returncode == 1
    assert f"{URL} is watched already" in again.stderr
    assert "only http and https" in again.stderr
    listed = run(fresh_ledger, "watches", "--stop", "1", "--format", "json")
    assert [(w["url"], w["stopped"], w["every"]) for w in json.loads(listed.stdout)] == [
        ("https://example.org/a", False, 21600),
        (URL, True, 21600),
    ]
    assert run(fresh_ledger, "watches", "--stop", "7").returncode == 2
    assert run(fresh_ledger, "watch", URL, "--every", "often").returncode == 2
    assert "   1  stopped   https://example.org/news.xml" in run(fresh_ledger, "watches").stdout
