"""Who is who in the browser: suggestions, the preview of a merge, judging, taking back, splitting, rights."""

from __future__ import annotations

import re

import pytest

from communique.ledger.entities.actions import merge, rename
from communique.ledger.entities.models import Entity
from communique.ledger.entities.queries import canonical
from communique.ledger.history.verify import verify
from communique.ledger.log.models import Act
from communique.ledger.resolution.finding import catch_up

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def pair(loser, winner, **more):
    return {"loser": loser.pk, "winner": winner.pk, **more}


@pytest.fixture
def compared(funds):
    catch_up()
    return funds


def test_two_spellings_of_a_fund_are_suggested_with_the_reason(compared, browser):
    page = browser("reader").get("/who/").content.decode()
    assert "ASEAN-Japan Co-operation Fund" in page
    assert "They differ only in spaces, accents, capitals or punctuation" in page


def test_names_that_wait_can_be_compared_at_once(funds, browser):
    editor = browser("editor")
    assert "not compared yet" in editor.get("/who/").content.decode()
    page = editor.post("/who/look/", follow=True).content.decode()
    assert "names compared" in page
    assert "Co-operation Fund" in page


def test_before_a_merge_a_page_shows_both_sides_and_the_pages_that_change(compared, browser):
    short, full = compared
    page = browser("editor").get("/who/compare/", pair(short, full)).content.decode()
    assert "Japan pledged US$2 million" in page
    assert "Japan pledged US$3 million" in page
    assert "its address leads to the other from now on" in page
    assert re.search(r"gains \d claims", page)
    assert "names it in" in page
    assert "Pledge: US$2 million and US$3 million become one total" in page.replace("\N{NO-BREAK SPACE}", " ")


def test_a_merge_is_done_said_undone_and_in_the_history(compared, browser):
    short, full = compared
    editor = browser("editor")
    page = editor.post("/who/merge/", pair(short, full, why="A hyphen."), follow=True)
    assert canonical(short) == full
    assert "The old address leads to the other" in page.content.decode()
    seq = page.context["done"].seq
    assert "A hyphen." in editor.get("/who/judgements/").content.decode()
    editor.post(f"/history/{seq}/undo/", {"next": "/who/"})
    assert canonical(short) == short
    assert [a.verb for a in Act.objects.filter(subject=f"merge:{short.pk}")] == ["merge", "undo"]
    assert "Co-operation Fund" in editor.get("/who/").content.decode()
    assert verify().faults == ()


def test_what_was_merged_is_found_at_its_old_address(compared, browser):
    short, full = compared
    merge(short, full, by="malik", why="")
    answer = browser("reader").get(f"/who/{short.pk}/")
    assert (answer.status_code, answer.url) == (302, f"/who/{full.pk}/")


def test_two_held_apart_are_not_suggested_again_until_that_is_taken_back(compared, browser):
    short, full = compared
    editor = browser("editor")
    page = editor.post("/who/apart/", pair(short, full, why="Two windows of one fund."), follow=True)
    assert page.context["pairs"] == []
    catch_up()
    assert editor.get("/who/").context["pairs"] == []
    editor.post(f"/history/{page.context['done'].seq}/undo/")
    assert len(editor.get("/who/").context["pairs"]) == 1
    assert verify().faults == ()


def test_who_held_two_apart_is_named_before_they_are_merged(compared, browser):
    short, full = compared
    editor = browser("editor")
    editor.post("/who/apart/", pair(short, full, why="Two windows of one fund."))
    page = editor.get("/who/compare/", pair(short, full)).content.decode()
    assert "S. Rajaratnam held on" in page
    assert "Two windows of one fund." in page


def test_a_reviewer_suggests_and_an_editor_merges(compared, browser):
    short, full = compared
    reviewer = browser("reviewer")
    assert "Suggest that they are one" in reviewer.get("/who/compare/", pair(short, full)).content.decode()
    reviewer.post("/who/suggest/", pair(short, full, why="The budget lists one."))
    page = browser("editor").get("/who/").content.decode()
    assert "The budget lists one." in page
    assert "Narciso Ramos" in page
    assert verify().faults == ()


@pytest.mark.parametrize("door", ["merge", "apart", "suggest"])
def test_who_may_only_read_judges_nothing(compared, browser, door):
    answer = browser("reader").post(f"/who/{door}/", pair(*compared, why="x"))
    assert answer.status_code == 403
    assert not Act.objects.filter(verb__in=("merge", "hold apart", "suggest")).exists()


@pytest.mark.parametrize("door", ["merge", "apart", "split", "rename"])
def test_a_reviewer_merges_splits_and_renames_nothing(compared, browser, door):
    short, _ = compared
    path = f"/who/{door}/" if door in ("merge", "apart") else f"/who/{short.pk}/{door}/"
    client = browser("reviewer")
    answer = client.get(path) if door == "split" else client.post(path, pair(*compared, name="x"))
    assert answer.status_code == 403


def test_strangers_are_asked_to_sign_in(client, compared):
    for path in ("/who/", f"/who/{compared[0].pk}/", "/who/judgements/"):
        assert client.get(path).url.startswith("/sign-in/")


def test_a_meeting_and_a_fund_are_refused_with_the_reason(compared, browser, take):
    take()
    meeting = Entity.objects.filter(kind="meeting").first()
    page = browser("editor").get("/who/compare/", pair(meeting, compared[0])).content.decode()
    assert "can&#x27;t be one" in page
    assert "/who/merge/" not in page
    page = browser("editor").post("/who/merge/", pair(meeting, compared[0]), follow=True)
    assert "can&#x27;t be one" in page.content.decode()


@pytest.mark.parametrize("asked", [{}, {"loser": "x", "winner": "1"}, {"loser": "9" * 30, "winner": "1"}])
def test_what_is_no_entity_is_not_found(db, browser, asked):
    assert browser("editor").get("/who/compare/", asked).status_code == 404
    assert browser("editor").get("/who/999999/").status_code == 404


def test_another_is_looked_for_by_name(compared, browser):
    short, full = compared
    page = browser("editor").get(f"/who/{short.pk}/", {"q": "cooperation"}).content.decode()
    assert f"loser={full.pk}&amp;winner={short.pk}" in page


def test_the_entry_that_more_claims_are_about_stays_wherever_one_comes_from(funds, take, browser):
    short, full = funds
    take("---\ndate: 1974-04-01\n---\nJapan paid US$1 million to the ASEAN-Japan Cooperation Fund.")
    editor = browser("editor")
    for one in (short, full):
        page = editor.get(f"/who/{one.pk}/", {"q": "ASEAN-Japan"}).content.decode()
        assert f"/who/compare/?loser={short.pk}&amp;winner={full.pk}" in page
    page = editor.get("/who/compare/", {"loser": short.pk, "winner": full.pk}).content.decode()
    assert "Stays, with its name: more claims are about it" in page
    assert re.search(rf"Keep “.*{short.name}.*” instead", page)
    turned = editor.get("/who/compare/", {"loser": full.pk, "winner": short.pk}).content.decode()
    assert "but more claims are about the other" in turned


def test_an_entity_is_renamed(compared, browser):
    short, _ = compared
    page = browser("editor").post(f"/who/{short.pk}/rename/", {"name": "The Fund"}, follow=True)
    assert "It is called The Fund now." in page.content.decode()
    empty = browser("editor").post(f"/who/{short.pk}/rename/", {"name": " "}, follow=True)
    assert "needs a name" in empty.content.decode()
    assert verify().faults == ()


def test_what_belongs_to_another_is_chosen_by_document_seen_and_split_off(compared, browser, find):
    short, full = compared
    merge(short, full, by="malik", why="")
    editor = browser("editor")
    other = find("contribution", "US$2 million")
    page = editor.get(f"/who/{full.pk}/split/").content.decode()
    assert "Japan Adds to the Fund" in page
    asked = {"choose": [f"d{other.document_id}"], "name": "Science Fund"}
    preview = editor.post(f"/who/{full.pk}/split/preview/", asked).content.decode()
    assert "Split Science Fund off ASEAN-Japan Cooperation Fund?" in preview
    assert "US$2 million" in preview
    assert "US$3 million" not in preview
    claims = [c.uid for c in editor.post(f"/who/{full.pk}/split/preview/", asked).context["going"]]
    done = editor.post(f"/who/{full.pk}/split/do/", {"claim": claims, "name": "Science Fund"}, follow=True)
    assert "Split." in done.content.decode()
    linked = (
        find("contribution", "US$2 million").links.filter(role="fund").values_list("entity__name", flat=True)
    )
    assert list(linked) == ["Science Fund"]
    editor.post(f"/history/{done.context['done'].seq}/undo/")
    linked = (
        find("contribution", "US$2 million").links.filter(role="fund").values_list("entity_id", flat=True)
    )
    assert list(linked) == [short.pk]
    assert verify().faults == ()


def test_a_split_needs_something_chosen_and_a_name(compared, browser):
    _, full = compared
    answer = browser("editor").post(f"/who/{full.pk}/split/preview/", {"choose": [], "name": ""})
    assert answer.status_code == 422
    assert "Choose what belongs to the other" in answer.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_suggestions(
    compared, browser, django_assert_max_num_queries
):
    names = [f"{word} Fund for Fisheries" for word in ("Banda", "Celebes", "Sulu", "Timor", "Arafura")]
    _entities(names + [n.replace("Fund for", "Fund for the") + "." for n in names])
    catch_up()
    reader = browser("reader")
    with django_assert_max_num_queries(22):
        assert len(reader.get("/who/").context["pairs"]) == 6


def _entities(names):
    from communique.ledger.entities.models import Kind
    from communique.ledger.entities.resolve import Named, resolve

    return resolve([Named(Kind.FUND, n.casefold(), n) for n in names])


def test_pages_run_without_inline_script_or_style(compared, browser):
    short, full = compared
    editor = browser("editor")
    rename(full, 'A <script>alert("fund")</script>', by="malik")
    for path in ("/who/", "/who/judgements/", f"/who/{short.pk}/", f"/who/{full.pk}/split/"):
        page = editor.get(path).content.decode()
        assert "<script>" not in page
        assert " style=" not in page
        assert " onclick=" not in page


def test_the_history_says_in_words_what_was_judged(compared, browser):
    short, full = compared
    editor = browser("editor")
    editor.post("/who/apart/", pair(short, full))
    editor.post("/who/merge/", pair(short, full))
    rename(full, "The Fund", by="malik")
    page = editor.get("/history/").content.decode()
    assert "ASEAN-Japan Co-operation Fund is The Fund" in page
    assert "ASEAN-Japan Co-operation Fund is not The Fund" in page
    own = editor.get(editor.get(f"/who/{full.pk}/").context["history"]).content.decode()
    assert "rename" in own
    assert "merge" in own
    assert "take in" not in own


def test_the_page_of_an_entity_leads_to_who_it_is(compared, browser):
    _, full = compared
    assert f'href="/who/{full.pk}/"' in browser("reader").get(f"/funds/{full.pk}/").content.decode()
