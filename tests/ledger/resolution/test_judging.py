"""Judgements beside merging: who a claim is about, splits, suggestions after merges, two people at once."""

from __future__ import annotations

import threading
from itertools import pairwise

import pytest
from django.db import connection
from django.utils import timezone
from msgspec.structs import replace

from communique.ledger.claims import actions as claims
from communique.ledger.claims.models import State
from communique.ledger.claims.versions import Conflict
from communique.ledger.entities import queries, verify
from communique.ledger.entities.actions import NotMergeable, merge, unmerge
from communique.ledger.entities.models import Entity, Kind, Merge
from communique.ledger.entities.resolve import Named, resolve
from communique.ledger.history.undo import NotUndoable, undo
from communique.ledger.history.verify import verify as verify_all
from communique.ledger.log.models import Act
from communique.ledger.rereading import actions as rereading
from communique.ledger.resolution import actions
from communique.ledger.resolution.finding import catch_up, start_anew
from communique.ledger.resolution.models import Suggestion
from communique.ledger.resolution.queries import open_suggestions

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


PLEDGED = """\
---
title: A Pledge
date: 1974-02-11
publisher: Example Wire
---

Suva: Japan pledged US$2 million to the {fund} on 7 February 1974. Fiji welcomed the pledge.
"""


def made(kind, *names, **more):
    named = [Named(kind, name.casefold(), name, **more) for name in names]
    found = resolve(named)
    return [found[n.identity] for n in named]


def suggested():
    return {(s.low.name, s.high.name, s.reason) for s in open_suggestions()}


def meeting(series, told, ordinal=None):
    parent = Named(Kind.SERIES, series.casefold(), series)
    named = Named(
        Kind.MEETING, f"{series.casefold()}#{told}", f"{series} {told}", parent=parent, ordinal=ordinal
    )
    return resolve([named])[named.identity]


def test_a_claim_can_be_said_to_be_about_another(take, find):
    take()
    claim = find("contribution")
    fund = claim.links.get(role="fund").entity
    (other,) = made(Kind.FUND, "Ocean Science Fund")
    actions.resolve_to(claim.uid, "fund", fund, other, version=1, by="malik", why="See the annex.")
    assert find("contribution").links.get(role="fund").entity == other
    with pytest.raises(Conflict):
        actions.resolve_to(claim.uid, "fund", other, fund, version=1, by="malik")
    with pytest.raises(actions.NotJudged, match="does not name"):
        actions.resolve_to(claim.uid, "donor", other, fund, version=2, by="malik")
    undo(Act.objects.get(verb="resolve").seq, by="malik")
    assert find("contribution").links.get(role="fund").entity == fund
    assert verify_all().faults == ()


def test_what_was_decided_on_a_claim_since_stays_when_its_split_is_taken_back(take, find):
    from communique.ledger.claims.actions import decide

    take()
    claim = find("contribution")
    fund = claim.links.get(role="fund").entity
    split = actions.split(fund, [claim.uid], by="malik", why="", name="Ocean Science Fund")
    decide(claim.uid, State.ACCEPTED, version=2, by="thanat")
    act = Act.objects.get(subject=f"split:{split.pk}")
    taken_back = undo(act.seq, by="malik")
    now = find("contribution")
    assert (now.state, now.links.get(role="fund").entity) == ("accepted", fund)
    undo(taken_back.seq, by="malik")
    assert find("contribution").links.get(role="fund").entity.name == "Ocean Science Fund"
    assert verify_all().faults == ()


def test_a_split_shows_the_old_page_on_an_earlier_day(take, find):
    take()
    claim = find("contribution")
    fund = claim.links.get(role="fund").entity
    then = timezone.now()
    actions.split(fund, [claim.uid], by="malik", why="", name="Ocean Science Fund")
    from communique.ledger.accounts.viewer import Viewer
    from communique.ledger.claims.queries import held

    viewer = Viewer(None, "editor", frozenset({"proposals", "read"}))
    assert held(viewer, then).get(uid=claim.uid).links.get(role="fund").entity == fund
    assert held(viewer).get(uid=claim.uid).links.get(role="fund").entity != fund


def test_a_split_by_the_name_it_has_makes_a_second_of_that_name(take, find):
    take()
    claim = find("contribution")
    fund = claim.links.get(role="fund").entity
    split = actions.split(fund, [claim.uid], by="malik", why="", name=fund.name)
    assert split.other.name == fund.name
    assert split.other != fund


def test_a_split_goes_to_an_entity_that_is_there_already(take, find):
    take()
    (other,) = made(Kind.FUND, "sea fund")
    claim = find("contribution")
    split = actions.split(
        claim.links.get(role="fund").entity, [claim.uid], by="malik", why="", name="The Sea Fund"
    )
    assert split.other == other or split.other.name == "The Sea Fund"


@pytest.mark.parametrize("name", ["", "   "])
def test_a_split_needs_claims_and_a_name(take, find, name):
    take()
    claim = find("contribution")
    fund = claim.links.get(role="fund").entity
    with pytest.raises(actions.NotJudged):
        actions.split(fund, [claim.uid], by="malik", why="", name=name)
    with pytest.raises(actions.NotJudged, match="choose"):
        actions.split(fund, [], by="malik", why="", name="Other")


def test_once_two_series_are_one_their_meetings_of_the_same_number_are_suggested():
    one, other = meeting("Bangkok Talks", "7", 7), meeting("Manila Talks", "7", 7)
    meeting("Manila Talks", "8", 8)
    while catch_up():
        pass
    assert suggested() == set()
    merge(other.parent, one.parent, by="malik", why="")
    while catch_up():
        pass
    assert suggested() == {(one.name, other.name, "ordinal")}
    unmerge(other.parent, by="malik")
    assert suggested() == set()


def test_meetings_of_one_series_and_month_are_suggested_where_one_names_the_day():
    loose, day = meeting("Bangkok Talks", "1974-05"), meeting("Bangkok Talks", "1974-05-07")
    meeting("Bangkok Talks", "1974-06-02")
    catch_up()
    assert suggested() == {(loose.name, day.name, "date")}


def test_a_short_form_is_suggested_once_a_document_explains_it(take):
    made(Kind.SERIES, "TAC Review", "Treaty Amity Council")
    made(Kind.SERIES, "TAC")
    catch_up()
    assert suggested() == set()
    take("# Talks\n\nThe Treaty Amity Council (TAC) met.", name="tac.md")
    while catch_up():
        pass
    assert ("Treaty Amity Council", "TAC", "brackets") in suggested()


def test_names_that_come_later_are_compared_with_those_that_were_there():
    (first,) = made(Kind.INSTRUMENT, "Bangkok Declaration")
    catch_up()
    (second,) = made(Kind.INSTRUMENT, "Bankok Declaration")
    assert catch_up() == 1
    assert suggested() == {(first.name, second.name, "typo")}
    assert catch_up() == 0


def test_looking_anew_keeps_what_people_suggested():
    one, other = made(Kind.INSTRUMENT, "Bangkok Declaration", "Bankok Declaration")
    third, fourth = made(Kind.INSTRUMENT, "Manila Pact", "Collective Defence Treaty")
    catch_up()
    actions.suggest(third, fourth, by="malik", why="The same text.")
    start_anew()
    assert Suggestion.objects.count() == 1
    catch_up()
    assert {s.by for s in Suggestion.objects.all()} == {"", "malik"}
    with pytest.raises(actions.NotJudged, match="already"):
        actions.suggest(fourth, third, by="thanat", why="Same.")
    with pytest.raises(actions.NotJudged, match="say why"):
        actions.suggest(one, other, by="thanat", why=" ")


def test_what_became_one_in_another_way_is_not_undone_into_a_circle():
    one, other = made(Kind.INSTRUMENT, "Bangkok Declaration", "ASEAN Declaration")
    gone = merge(one, other, by="malik", why="")
    back = undo(gone.seq, by="malik")
    merge(other, one, by="malik", why="")
    with pytest.raises(NotUndoable, match="merged otherwise since"):
        undo(back.seq, by="malik")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_merge_the_same_two_at_once_in_opposite_ways_one_is_told():
    one, other = made(Kind.INSTRUMENT, "Bangkok Declaration", "ASEAN Declaration")
    told = _at_once(
        [lambda: merge(one, other, by="malik", why=""), lambda: merge(other, one, by="thanat", why="")]
    )
    assert [type(t) for t in told if t is not None] == [NotMergeable]
    assert Merge.objects.filter(until=None).count() == 1
    assert list(verify.faults()) == []


@pytest.mark.django_db(transaction=True)
def test_many_who_merge_a_chain_at_once_leave_one():
    several = made(Kind.INSTRUMENT, *(f"Declaration of place {n}" for n in range(6)))
    pairs = list(pairwise(several))
    _at_once([lambda a=a, b=b: merge(a, b, by="malik", why="") for a, b in pairs])
    assert {queries.canonical(e).pk for e in several} == {queries.canonical(several[0]).pk}
    assert len(queries.members(several[0])) == 6
    assert list(verify.faults()) == []
    assert Entity.objects.get(pk=several[0].pk).canonical is not None


def _at_once(doings):
    """Do things in threads of their own, at once, and return what each raised."""
    told = [None] * len(doings)
    gate = threading.Barrier(len(doings))

    def run(n, doing):
        gate.wait()
        try:
            doing()
        except NotMergeable as error:
            told[n] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n, d)) for n, d in enumerate(doings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_a_correction_of_something_else_keeps_whom_a_claim_was_judged_to_be_about(take, find):
    take()
    claim = find("contribution")
    made = actions.split(
        claim.links.get(role="donor").entity, [claim.uid], by="ama", why="", name="Japan Foundation"
    )
    now = find("contribution")
    about = {"bound": "about"}
    done = claims.correct(now.uid, about, version=now.version, by="malik", why="As told by telephone.")
    assert done.claim.links.get(role="donor").entity == made.other
    fiji = {"donor": {"id": "FJI", "name": "Fiji"}}
    done = claims.correct(now.uid, fiji, version=now.version + 1, by="malik", why="A slip of the paper.")
    assert done.claim.links.get(role="donor").entity.name == "Fiji"


def test_what_comes_later_under_a_name_that_was_split_off_is_about_the_other(take, find):
    first, second, third = (
        PLEDGED.format(fund="Ocean Fund"),
        *(PLEDGED.format(fund=f) for f in ("Reef Fund",) * 2),
    )
    take(first, name="a.md")
    reef = find("contribution", "Reef Fund", take(second.replace("Example Wire", "Reef Wire"), name="b.md"))
    ocean = find("contribution", "Ocean Fund")
    fund, mistaken = (c.links.get(role="fund").entity for c in (ocean, reef))
    merge(mistaken, fund, by="malik", why="")
    split = actions.split(fund, [reef.uid], by="malik", why="Two funds.", name="Reef Fund")
    assert split.other not in (fund, mistaken)
    later = find("contribution", "Reef Fund", take(third.replace("Example", "Later"), name="c.md"))
    assert later.links.get(role="fund").entity == split.other
    assert verify_all().faults == ()
    undone = undo(Act.objects.get(subject=f"split:{split.pk}").seq, by="malik")
    now = [find("contribution", "Reef Fund", c.document).links.get(role="fund").entity for c in (reef, later)]
    assert now == [mistaken, mistaken]
    undo(undone.seq, by="malik")
    now = [find("contribution", "Reef Fund", c.document).links.get(role="fund").entity for c in (reef, later)]
    assert now == [split.other, split.other]
    assert verify_all().faults == ()


def test_a_name_that_was_not_chosen_stays(take, find):
    take()
    claim = find("contribution")
    fund = claim.links.get(role="fund").entity
    actions.split(fund, [claim.uid], by="malik", why="", name="Ocean Science Fund")
    other = take(PLEDGED.format(fund="Ocean Fund"), name="b.md")
    assert find("contribution", "", other).links.get(role="fund").entity == fund
    with pytest.raises(actions.NotJudged, match="Lake Fund is no name of"):
        actions.split(
            fund, [find("contribution", "", other).uid], by="m", why="", name="X", names=["Lake Fund"]
        )


def test_what_somebody_decided_on_a_claim_stays_theirs_when_another_moves_it(take, find):
    take()
    claims.decide(find("contribution").uid, State.ACCEPTED, version=1, by="thanat", why="Seen.")
    before = find("contribution")
    donor = before.links.get(role="donor").entity
    actions.split(donor, [before.uid], by="malik", why="Two bodies.", name="Japan Foundation")
    now = find("contribution")
    assert (now.state, now.by, now.why, now.decided_at) == ("accepted", "thanat", "Seen.", before.decided_at)
    act = Act.objects.get(subject=f"claim:{now.uid}", verb="split")
    assert (act.by, act.why) == ("malik", "Two bodies.")
    with pytest.raises(Conflict, match="malik has changed"):
        claims.decide(now.uid, State.REJECTED, version=before.version, by="thanat")
    undo(Act.objects.get(subject__startswith="split:").seq, by="malik")
    undo(Act.objects.latest("seq").seq, by="malik")
    assert find("contribution").decided_at == before.decided_at
    assert verify_all().faults == ()


def test_a_proposal_that_is_moved_is_a_proposal_still_and_follows_the_reader(take, find, monkeypatch):
    document = take(url="https://example.org/tide")
    claim = find("contribution")
    actions.split(
        claim.links.get(role="donor").entity, [claim.uid], by="malik", why="", name="Japan Foundation"
    )
    now = find("contribution")
    assert (now.state, now.by, now.decided_at) == ("proposed", "", None)
    read = rereading.read_text
    for version, bound in (("98", "about"), ("99", None)):
        record = read(rereading.text_of(document))
        gifts = tuple(replace(g, bound=bound) for g in record.contributions)
        newer = replace(record, contributions=gifts, reader=replace(record.reader, version=version))
        monkeypatch.setattr(rereading, "read_text", lambda _text, newer=newer: newer)
        monkeypatch.setattr(rereading, "__version__", version)
        assert rereading.reread(document.pk, by="malik").proposed == 1
        assert find("contribution").links.get(role="donor").entity.name == "Japan Foundation"
    take(document.text.replace("by 1975", "by 1976"), url="https://example.org/tide")
    assert find("contribution").links.get(role="donor").entity.name == "Japan Foundation"
    assert find("contribution").state == "proposed"
    assert verify_all().faults == ()


PLAN = """\
---
title: {title}
date: {day}
publisher: Example Wire
---

ASEAN and Japan {words}.
"""


def test_a_plan_named_without_its_parties_is_suggested_where_the_document_is_about_them(take):
    first = "adopted the ASEAN-Japan Plan of Action 1974-1978"
    later = "reviewed the Plan of Action 1974-1978. Japan agreed to prepare the Plan of Action 1979-1983"
    take(PLAN.format(title="The Plan Is Adopted", day="1974-02-11", words=first), name="a.md")
    take(PLAN.format(title="The Plan Is Reviewed", day="1976-02-11", words=later), name="b.md")
    while catch_up():
        pass
    plans = {frozenset((a, b)) for a, b, reason in suggested() if reason == "partnership"}
    assert plans == {frozenset(("ASEAN-Japan Plan of Action 1974-1978", "Plan of Action 1974-1978"))}
