"""Makes the cards that claims are shown as: who does what to whom, in a sentence, above the words it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from communique.ledger.claims.kinds import Post
from communique.ledger.claims.models import Claim, Link
from communique.ledger.design.cards import Card, Named, Source
from communique.ledger.record.addresses import claim_page, in_document
from communique.ledger.record.called import Called, called
from communique.ledger.record.sight import Sight
from communique.ledger.record.wordings import ACTS
from communique.ledger.writing.dates import written
from communique.ledger.writing.money import sum_of
from communique.model import (
    Area,
    Commitment,
    Contribution,
    Instrument,
    Issue,
    Measure,
    Meeting,
    PartyRef,
    Progress,
    Statement,
)

_STRAIGHT = frozenset({"urge", "condemn", "support", "welcome", "appreciate"})
"""Acts that take whom they are addressed to without a “to”."""
_PROMISED = {"firm": "promised", "intended": "intends", "conditional": "promised, on a condition,"}
_GIVEN = {
    "pledge": "pledged",
    "disbursed": "paid",
    "announced": "announced",
    "unspecified": "gave or will give",
}


@dataclass(frozen=True, slots=True)
class Linked:
    """Whom and what a claim is about, by role, in the order the words name them."""

    roles: dict[str, tuple[Called, ...]]

    def __getitem__(self, role: str) -> tuple[Called, ...]:
        return self.roles.get(role, ())

    def named(self, role: str, refs: Iterable[PartyRef] = ()) -> tuple[Named, ...]:
        """Return those in a role; where no page is known for them, the names as the finding has them."""
        known = tuple(one.named for one in self[role])
        return known or tuple(Named(ref.name) for ref in refs)


@dataclass(frozen=True, slots=True)
class _Said:
    """The sentence of a card."""

    who: tuple[Named, ...] = ()
    verb: str = ""
    whom: tuple[Named, ...] = ()
    value: tuple[str, ...] = ()
    day: str = ""


def cards(claims: Sequence[Claim], sight: Sight) -> list[Card]:
    """Return the cards of claims in their order. Their documents should be loaded."""
    about = links(claims, sight)
    return [card(claim, about[claim.pk], sight) for claim in claims]


def links(claims: Sequence[Claim], sight: Sight) -> dict[int, Linked]:
    """Return whom and what each claim is about, by the claim's id."""
    rows = list(
        Link.objects.filter(claim__in=[c.pk for c in claims])
        .order_by("pk")
        .values_list("claim_id", "role", "entity_id")
    )
    names = called(sight, (entity for _, _, entity in rows))
    found: dict[int, dict[str, dict[int, Called]]] = {claim.pk: {} for claim in claims}
    for claim, role, entity in rows:
        one = names[entity]
        found[claim].setdefault(role, {})[one.pk] = one
    return {pk: Linked({role: tuple(ones.values()) for role, ones in of.items()}) for pk, of in found.items()}


def card(claim: Claim, about: Linked, sight: Sight) -> Card:
    """Return the card of one claim."""
    said = _said(claim, about)
    document = claim.document
    return Card(
        quote=claim.quote,
        source=Source(
            title=str(document),
            href=in_document(claim, sight),
            publisher=document.publisher,
            day=document.day,
            url=document.url,
        ),
        state=claim.state,  # type: ignore[arg-type]
        kind=claim.kind,
        href=sight.at(claim_page(claim.uid)),
        who=said.who,
        verb=said.verb or "said so",
        whom=said.whom,
        day=said.day or claim.day,
        value=". ".join(part[:1].upper() + part[1:] for part in said.value if part),
        doubt=claim.doubt,
        doubts=tuple(d["message"] for d in claim.doubts),
        challenge=claim.challenge["message"] if claim.challenge else "",
        why=claim.why,
        by=claim.by,
    )


def listed(names: Iterable[str]) -> str:
    """Join names as a sentence does."""
    *first, last = list(names) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _said(claim: Claim, about: Linked) -> _Said:
    match claim.finding():
        case Statement() as found:
            return _statement(found, about)
        case Commitment() as found:
            return _commitment(found, about)
        case Contribution() as found:
            return _contribution(found, about)
        case Meeting() as found:
            return _meeting(found, about)
        case Instrument() as found:
            return _instrument(found, about)
        case Measure() as found:
            under = f"under {found.parent}" if found.parent else ""
            return _Said((*about.named("instrument"),), f"measure {found.number}", (), (under,))
        case Issue() as found:
            who = about.named("party", found.parties)
            return _Said(
                who, "took up" if who else "taken up:", about.named("issue") or (Named(found.topic),)
            )
        case Area() as found:
            return _Said(about.named("area") or (Named(found.name),), "named as a field of cooperation")
        case Progress() as found:
            areas = listed(found.areas)
            return _Said(about.named("instrument"), "progress reported", (), (areas,))
        case Post() as found:
            return _Said(about.named("person", (found.person,)), f"named as {found.post}")


def _statement(found: Statement, about: Linked) -> _Said:
    done, denied = ACTS[found.act]
    whom = about.named("addressee", found.addressees)
    verb = denied if found.polarity == "negative" else done
    return _Said(
        about.named("speaker", found.speakers) or (Named("Somebody not named"),),
        f"{verb} to" if whom and found.act not in _STRAIGHT else verb,
        whom,
        (
            "" if found.status == "done" else f"{found.status}, not done yet",
            f"as told by {found.reported_by.name}" if found.reported_by else "",
        ),
    )


def _commitment(found: Commitment, about: Linked) -> _Said:
    whom = about.named("beneficiary", found.beneficiaries)
    return _Said(
        about.named("debtor", found.debtors) or (Named("Somebody not named"),),
        f"{_PROMISED[found.strength]}{' for' if whom else ''}",
        whom,
        (
            f"due by {written(found.deadline)}" if found.deadline else "",
            f"under: {found.instrument}" if found.instrument else "",
        ),
    )


def money_of(found: Contribution) -> str:
    """Return what is given: a sum in its own currency, or the goods."""
    if found.amount is None:
        return found.in_kind or "an amount not stated"
    told = sum_of(found.amount, found.currency, bound=found.bound)
    return f"{told} in {found.in_kind}" if found.in_kind else told


def _contribution(found: Contribution, about: Linked) -> _Said:
    to = about.named("fund") or about.named("recipient")
    verb = f"{_GIVEN[found.kind]} {money_of(found)}"
    return _Said(
        about.named("donor", (found.donor,) if found.donor else ()) or (Named("Somebody not named"),),
        f"{verb} to" if to else verb,
        to,
        (
            f"to: {found.recipient}" if found.recipient and not to else "",
            f"for: {found.purpose}" if found.purpose else "",
            "The words do not say whether it was pledged or paid" if found.kind == "unspecified" else "",
        ),
    )


def _meeting(found: Meeting, about: Linked) -> _Said:
    chairs = [f"{c.name} ({c.party})" if c.party and c.party not in c.name else c.name for c in found.chairs]
    return _Said(
        about.named("meeting") or (Named(found.name),),
        found.status,
        (),
        (
            " · ".join(part for part in (found.place, found.format) if part),
            f"chaired by {listed(chairs)}" if chairs else "",
            f"attended by {listed(found.attendees)}" if found.attendees else "",
        ),
        found.date or "",
    )


def _instrument(found: Instrument, about: Linked) -> _Said:
    return _Said(
        about.named("instrument") or (Named(found.name),),
        "named",
        (),
        tuple(_of_instrument(found)),
    )


def _of_instrument(found: Instrument) -> Iterator[str]:
    if found.surface != found.name:
        yield f"written “{found.surface}”"
    if found.period:
        yield f"runs {period(found.period)}"
    if found.parties:
        yield f"of {listed(p.name for p in found.parties)}"


def period(of: tuple[str | None, str | None]) -> str:
    """Return the years that something runs: “2021–2025”, “from 2021”, “until 2025”."""
    first, last = of
    if first and last:
        return first if first == last else f"{first}–{last}"
    return f"from {first}" if first else f"until {last}" if last else ""
