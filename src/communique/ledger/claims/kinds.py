"""The kinds of claim, and the type of finding that each holds."""

from __future__ import annotations

from typing import TypeAlias

from django.db import models

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
    Quoted,
    Statement,
)


class Post(Quoted, frozen=True):
    """A post that a person is said to hold. The quote holds the person's name and the post."""

    person: PartyRef
    """Who holds it."""
    post: str
    """The post, as written."""


Finding: TypeAlias = (
    Statement | Commitment | Contribution | Meeting | Instrument | Measure | Issue | Area | Progress | Post
)


class Kind(models.TextChoices):
    """What a claim is about."""

    STATEMENT = "statement"
    COMMITMENT = "commitment"
    CONTRIBUTION = "contribution"
    MEETING = "meeting"
    INSTRUMENT = "instrument"
    MEASURE = "measure"
    ISSUE = "issue"
    AREA = "area"
    PROGRESS = "progress"
    POST = "post"


TYPES: dict[str, type[Finding]] = {
    "statement": Statement,
    "commitment": Commitment,
    "contribution": Contribution,
    "meeting": Meeting,
    "instrument": Instrument,
    "measure": Measure,
    "issue": Issue,
    "area": Area,
    "progress": Progress,
    "post": Post,
}
LISTS: dict[str, str] = {
    "statement": "statements",
    "commitment": "commitments",
    "contribution": "contributions",
    "meeting": "meetings",
    "instrument": "instruments",
    "measure": "measures",
    "issue": "issues",
    "area": "areas",
    "progress": "progress",
}
"""The list of the record that a kind comes from; posts are drawn from its parties."""
