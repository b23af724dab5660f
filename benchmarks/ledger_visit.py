"""Who looks at the ledger that is measured, and what he asks it for: pages and words drawn by chance."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import httpx

if TYPE_CHECKING:
    from communique.ledger.claims.models import Claim

NAME, PASSWORD = "bench", "a long pass phrase for a short life"
_WORD = re.compile(r"[^\W\d_]{4,}")
_SAMPLE = 2_000  # quotes that words are drawn from
_COMMON = 60
_GREATEST = 10
_DECISIONS = ("accept", "accept", "reject", "unsure")


class Visitor:
    """A signed-in person with a browser."""

    def __init__(self, address: str) -> None:
        self.client = httpx.Client(base_url=address, timeout=120, follow_redirects=True)
        self.client.get("/sign-in/").raise_for_status()
        fields = {"name": NAME, "password": PASSWORD, "csrfmiddlewaretoken": self._token()}
        self.client.post("/sign-in/", data=fields, headers={"Referer": address}).raise_for_status()

    def get(self, path: str) -> float:
        """Ask for a page and return the milliseconds it took, to the last byte."""
        began = time.perf_counter()
        answer = self.client.get(path)
        took = 1000 * (time.perf_counter() - began)
        answer.raise_for_status()
        if "/sign-in/" in str(answer.url):
            raise SystemExit(f"{path}: not signed in")
        return took

    def post(self, path: str, fields: dict[str, str]) -> float:
        """Send a decision as the review page does, and return the milliseconds it took."""
        headers = {"Referer": str(self.client.base_url), "HX-Request": "true"}
        began = time.perf_counter()
        answer = self.client.post(
            path, data={"csrfmiddlewaretoken": self._token(), **fields}, headers=headers
        )
        took = 1000 * (time.perf_counter() - began)
        answer.raise_for_status()
        return took

    def _token(self) -> str:
        return next(value for name, value in self.client.cookies.items() if name.startswith("csrftoken"))


@dataclass(frozen=True)
class Measure:
    """One thing that is measured: what it is called, by when it should be there, and one request for it."""

    name: str
    goal: float
    """Milliseconds that 95 of 100 requests should stay under."""
    once: Callable[[], float]


class Drawn:
    """Draws what is asked for: each row, and each link to an entity, as likely as any other."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw

    def document(self) -> int:
        from communique.ledger.documents.models import Document

        return self._row(Document, Document.objects.values_list("pk", flat=True))

    def entity(self, kind: str, role: str) -> int:
        """Return what a claim is about in some role: the greatest are drawn most often."""
        from communique.ledger.claims.models import Link

        links = Link.objects.filter(role=role, entity__kind=kind)
        return self._row(Link, links.values_list("entity", flat=True))

    def year(self) -> int:
        from communique.ledger.claims.models import Claim

        return self._row(Claim, Claim.objects.exclude(day=None).values_list("day__year", flat=True))

    def waiting(self) -> Claim:
        """Return a claim that nobody decided on."""
        from communique.ledger.claims.models import Claim

        return self._row(Claim, Claim.objects.filter(until=None, state="proposed").defer("value"))

    def common(self) -> str:
        return self.draw.choice(self._words[0])

    def rare(self) -> str:
        return self.draw.choice(self._words[1])

    def two(self) -> str:
        return " ".join(self.draw.sample(_WORD.findall(self._quote(2)), 2))

    def phrase(self) -> str:
        """Return two to four words that follow each other, in quotation marks."""
        said = self._quote(4)
        words = [match.span() for match in re.finditer(r"\S+", said)]
        size = self.draw.randint(2, 4)
        at = self.draw.randrange(len(words) - size + 1)
        return f'"{said[words[at][0] : words[at + size - 1][1]]}"'

    @cached_property
    def greatest(self) -> list[int]:
        """The parties that most claims are about."""
        from django.db.models import Count

        from communique.ledger.claims.models import Link

        counted = Link.objects.filter(entity__kind="party").values("entity").annotate(n=Count("pk"))
        return [row["entity"] for row in counted.order_by("-n")[:_GREATEST]]

    def _quote(self, words: int) -> str:
        """Return a quote of at least so many words, without what means something in a search."""
        while True:
            said = self.draw.choice(self._quotes).translate(_UNQUOTED)
            if len(_WORD.findall(said)) >= words:
                return said

    @cached_property
    def _quotes(self) -> list[str]:
        from communique.ledger.claims.models import Claim

        quotes = Claim.objects.filter(until=None).values_list("quote", flat=True)
        return [self._row(Claim, quotes) for _ in range(_SAMPLE)]

    @cached_property
    def _words(self) -> tuple[list[str], list[str]]:
        counted = Counter(word for quote in self._quotes for word in {*_WORD.findall(quote.casefold())})
        common = [word for word, _ in counted.most_common(_COMMON)]
        return common, sorted(word for word, n in counted.items() if n == 1)

    def _row(self, of, wanted):  # type: ignore[no-untyped-def]
        """Return one of the rows wanted: the first from a place in the table on."""
        last = of.objects.order_by("-pk").values_list("pk", flat=True).first() or 1
        while True:
            found = wanted.filter(pk__gte=self.draw.randint(1, last)).order_by("pk").first()
            if found is not None:
                return found


_UNQUOTED = str.maketrans(dict.fromkeys('"“”„‟«»*()', " ") | {"-": " ", "−": " "})
SEARCH, ACT, PAGE = 200.0, 200.0, 300.0


def measures(visitor: Visitor, draw: random.Random) -> Iterator[Measure]:
    """Yield what is measured, and in what time it should be done."""
    drawn = Drawn(draw)

    def search(name: str, asked: Callable[[], dict[str, object]]) -> Measure:
        return Measure(f"search: {name}", SEARCH, lambda: visitor.get(f"/search/?{urlencode(asked())}"))

    def page(name: str, path: Callable[[], str]) -> Measure:
        return Measure(name, PAGE, lambda: visitor.get(path()))

    def of(place: str, kind: str, role: str, tab: str = "") -> Callable[[], str]:
        return lambda: f"/{place}/{drawn.entity(kind, role)}/{tab}"

    def act() -> float:
        claim = drawn.waiting()
        fields = {"decision": draw.choice(_DECISIONS), "version": str(claim.version)}
        return visitor.post(f"/claims/{claim.uid}/decide/", fields)

    yield search("a common word", lambda: {"q": drawn.common()})
    yield search("a rare word", lambda: {"q": drawn.rare()})
    yield search("two words", lambda: {"q": drawn.two()})
    yield search("a phrase", lambda: {"q": drawn.phrase()})
    yield search(
        "a word of a party", lambda: {"q": drawn.common(), "party": drawn.entity("party", "speaker")}
    )
    yield search("a word in a year", lambda: {"q": drawn.common(), "year": drawn.year()})
    yield search("all of a party", lambda: {"party": drawn.entity("party", "speaker")})
    yield search("documents", lambda: {"q": drawn.common(), "in": "documents"})
    yield page("document", lambda: f"/documents/{drawn.document()}/")
    yield page("party", of("parties", "party", "speaker"))
    yield page("party, one of the ten greatest", lambda: f"/parties/{draw.choice(drawn.greatest)}/")
    yield page("what a party said", of("parties", "party", "speaker", "said/"))
    yield page("what a party promised", of("parties", "party", "debtor", "promised/"))
    yield page("what a party gave", of("parties", "party", "donor", "money/"))
    yield page("meeting", of("meetings", "meeting", "meeting"))
    yield page("series of meetings", of("meetings", "series", "series"))
    yield page("queue", lambda: "/queue/")
    yield page("queue of a party", lambda: f"/queue/?party={drawn.entity('party', 'speaker')}")
    yield page("queue of a year", lambda: f"/queue/?year={drawn.year()}")
    yield Measure("a review act", ACT, act)
    yield page("home", lambda: "/")
    yield page("person", of("people", "person", "speaker"))
    yield page("instrument", of("instruments", "instrument", "instrument"))
    yield page("fund", of("funds", "fund", "fund"))
    yield page("issue", of("issues", "issue", "issue"))
    yield page("area", of("areas", "area", "area"))
    yield page("claim", lambda: f"/claims/{drawn.waiting().uid}/")
    for name in (
        "documents",
        "parties",
        "meetings",
        "instruments",
        "funds",
        "commitments",
        "issues",
        "areas",
    ):
        yield page(f"all {name}", lambda name=name: f"/{name}/")  # type: ignore[misc]
    yield page("who is who", lambda: "/who/")
    yield page("history", lambda: "/history/")
