"""Holding two entities to be one, and taking that back: addresses, chains, circles, earlier days."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.ledger.entities import queries, verify
from communique.ledger.entities.actions import (
    NotMergeable,
    NotMerged,
    Unnamed,
    merge,
    rename,
    restore_entity,
    restore_merge,
    unmerge,
)
from communique.ledger.entities.models import Entity, Kind
from communique.ledger.entities.resolve import Named, key_of, resolve
from communique.ledger.entities.snapshot import entity_now, merge_now
from communique.ledger.log.models import Act

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def entity(name: str, kind: Kind = Kind.INSTRUMENT) -> Entity:
    named = Named(kind, key_of(name), name)
    return resolve([named])[named.identity]


def found_at(*names: Entity) -> list[str]:
    return [queries.canonical(e).name for e in names]


def test_the_losers_address_leads_to_the_winner() -> None:
    short, full = entity("TAC"), entity("Treaty of Amity and Cooperation")
    act = merge(short, full, by="registry", why="the one is the other's short form")
    assert queries.canonical(short) == full
    assert queries.members(full) == queries.members(short) == [short.pk, full.pk]
    assert (act.verb, act.subject, act.before) == ("merge", f"merge:{short.pk}", None)
    assert act.after == merge_now(str(short.pk))


def test_taking_the_second_of_two_merges_back_restores_the_first() -> None:
    a, b, c = entity("First"), entity("Second"), entity("Third")
    merge(a, b, by="registry", why="")
    merge(b, c, by="registry", why="")
    assert found_at(a, b, c) == ["Third", "Third", "Third"]
    unmerge(b, by="registry", why="they differ")
    assert found_at(a, b, c) == ["Second", "Second", "Third"]


def test_taking_the_first_of_two_merges_back_leaves_the_second() -> None:
    a, b, c = entity("First"), entity("Second"), entity("Third")
    merge(a, b, by="registry", why="")
    merge(b, c, by="registry", why="")
    unmerge(a, by="registry")
    assert found_at(a, b, c) == ["First", "Third", "Third"]


def test_merging_what_is_merged_already_moves_all_that_is_one_with_it() -> None:
    a, b, c = entity("First"), entity("Second"), entity("Third")
    merge(a, b, by="registry", why="")
    merge(a, c, by="registry", why="")
    assert found_at(a, b, c) == ["Third", "Third", "Third"]


def test_a_circle_is_refused() -> None:
    a, b, c = entity("First"), entity("Second"), entity("Third")
    merge(a, b, by="registry", why="")
    merge(b, c, by="registry", why="")
    with pytest.raises(NotMergeable, match="one already"):
        merge(c, a, by="registry", why="")
    with pytest.raises(NotMergeable, match="one already"):
        merge(a, a, by="registry", why="")


def test_kinds_must_match_but_a_fund_may_be_an_instrument() -> None:
    person, fund = entity("Adam Malik", Kind.PERSON), entity("ASEAN Fund", Kind.FUND)
    with pytest.raises(NotMergeable, match="a person and a fund can't be one"):
        merge(person, fund, by="registry", why="")
    merge(entity("Fund of ASEAN"), fund, by="registry", why="")
    assert len(queries.members(fund)) == 2


def test_what_is_not_merged_can_not_be_unmerged() -> None:
    with pytest.raises(NotMerged):
        unmerge(entity("First"), by="registry")


def test_a_merge_taken_back_can_be_restored_unless_that_closes_a_circle() -> None:
    a, b = entity("First"), entity("Second")
    done = merge(a, b, by="registry", why="same")
    back = restore_merge(str(a.pk), done.before, by="desk", undoes=done.seq)
    assert (back.verb, back.undoes, merge_now(str(a.pk))) == ("undo", done.seq, None)
    again = restore_merge(str(a.pk), back.before, by="desk", undoes=back.seq)
    assert again.after == done.after
    assert queries.canonical(a) == b
    gone = unmerge(a, by="desk")
    merge(b, a, by="desk", why="")
    with pytest.raises(NotMergeable, match="merged otherwise"):
        restore_merge(str(a.pk), gone.before, by="desk", undoes=gone.seq)


def test_a_name_can_be_put_right_and_put_back() -> None:
    one = entity("Outlook in the Indo-Pacific")
    then = timezone.now()
    act = rename(one, "  Outlook on the\nIndo-Pacific ", by="registry", why="its title")
    assert queries.name(one) == "Outlook on the Indo-Pacific"
    assert queries.name(one, then) == "Outlook in the Indo-Pacific"
    assert act.after == entity_now(str(one.pk))
    restore_entity(str(one.pk), act.before, by="registry", undoes=act.seq)
    one.refresh_from_db()
    assert one.name == "Outlook in the Indo-Pacific"
    with pytest.raises(Unnamed):
        rename(one, "  ", by="registry")


def test_an_entity_that_leads_elsewhere_than_its_merges_is_a_fault() -> None:
    a, b, c = entity("First"), entity("Second"), entity("Third")
    merge(a, b, by="registry", why="")
    assert list(verify.faults()) == []
    Entity.objects.filter(pk=a.pk).update(canonical=c)
    Entity.objects.filter(pk=b.pk).update(canonical=c)
    assert len(list(verify.faults())) == 2


_STEPS = st.lists(
    st.tuples(st.sampled_from(("merge", "unmerge", "undo")), *[st.integers(0, 5)] * 2), max_size=14
)


@settings(max_examples=60, deadline=None)
@given(_STEPS)
def test_any_sequence_leaves_each_entity_where_the_fold_of_the_merges_says(
    steps: list[tuple[str, int, int]],
) -> None:
    with transaction.atomic():
        all_of = [entity(f"number {n}") for n in range(6)]
        seen: list[tuple[datetime, dict[int, int]]] = []
        for verb, i, j in steps:
            _step(verb, all_of[i], all_of[j])
            stands = _edges()
            assert list(verify.faults()) == []
            assert {e.pk: queries.canonical(e).pk for e in all_of} == _roots(stands, all_of)
            seen.append((timezone.now(), stands))
            while timezone.now() == seen[-1][0]:
                pass
        _check_earlier_days(seen, all_of)
        _check_the_log(all_of)
        transaction.set_rollback(True)


def _step(verb: str, a: Entity, b: Entity) -> None:
    before = _edges()
    try:
        if verb == "merge":
            merge(a, b, by="registry", why="")
        elif verb == "unmerge":
            unmerge(a, by="registry")
        elif (last := Act.objects.order_by("-seq").first()) is not None:
            restore_merge(last.subject.partition(":")[2], last.before, by="registry", undoes=last.seq)
    except (NotMergeable, NotMerged):
        assert _edges() == before


def _check_earlier_days(seen: list[tuple[datetime, dict[int, int]]], all_of: list[Entity]) -> None:
    for then, stood in seen:
        roots = _roots(stood, all_of)
        assert {e.pk: queries.canonical(e, then).pk for e in all_of} == roots
        for e in all_of:
            assert queries.members(e, then) == sorted(p for p, r in roots.items() if r == roots[e.pk])


def _edges() -> dict[int, int]:
    return dict(queries.standing().values_list("loser_id", "winner_id"))


def _roots(into: dict[int, int], all_of: list[Entity]) -> dict[int, int]:
    def root(pk: int) -> int:
        return root(into[pk]) if pk in into else pk

    return {e.pk: root(e.pk) for e in all_of}


def _check_the_log(all_of: list[Entity]) -> None:
    folded = {act.subject: act.after for act in Act.objects.order_by("seq")}
    for e in all_of:
        assert folded.get(f"merge:{e.pk}") == merge_now(str(e.pk))
