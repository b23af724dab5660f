"""How acts, kinds and stages are told on the pages of the record."""

from __future__ import annotations

ACTS: dict[str, tuple[str, str]] = {
    "assert": ("said", "denied"),
    "appreciate": ("appreciated", "did not appreciate"),
    "welcome": ("welcomed", "did not welcome"),
    "reaffirm": ("reaffirmed", "did not reaffirm"),
    "note": ("noted", "did not note"),
    "emphasise": ("emphasised", "did not emphasise"),
    "concern": ("voiced concern", "voiced no concern"),
    "condemn": ("condemned", "did not condemn"),
    "urge": ("urged", "did not urge"),
    "agree": ("agreed", "did not agree"),
    "commit": ("committed themselves", "did not commit themselves"),
    "pledge": ("pledged", "did not pledge"),
    "plan": ("planned", "did not plan"),
    "support": ("supported", "did not support"),
    "discuss": ("discussed", "did not discuss"),
    "adopt": ("adopted", "did not adopt"),
    "report-progress": ("reported progress", "reported no progress"),
    "request": ("requested", "did not request"),
    "other": ("spoke", "did not speak"),
}
"""What somebody did by saying it, and what they did not."""

DETAILS: dict[str, str] = {
    "state": "state",
    "organisation": "organisation",
    "group": "group",
    "body": "body",
    "summit": "summit",
    "ministerial": "ministerial meeting",
    "senior_officials": "senior officials",
    "working": "working group",
    "plan_of_action": "plan of action",
    "other": "other",
}
"""What sorts of entities are called, where the word itself is not enough."""

KINDS: dict[str, str] = {
    "party": "Party",
    "person": "Person",
    "series": "Meeting series",
    "meeting": "Meeting",
    "instrument": "Instrument",
    "fund": "Fund",
    "issue": "Issue",
    "area": "Area of cooperation",
}
"""What kinds of entities are called above their names."""

STAGES: dict[str, str] = {
    "pledge": "pledged",
    "disbursed": "paid",
    "announced": "announced",
    "unspecified": "not said",
}
"""How far a contribution is, as its words say."""


def told(detail: str) -> str:
    """Return what a sort of entity is called."""
    return DETAILS.get(detail, detail.replace("_", " "))


CLAIMS: dict[str, str] = {
    "statement": "Statements",
    "commitment": "Commitments",
    "contribution": "Contributions",
    "meeting": "Meetings",
    "instrument": "Named",
    "measure": "Measures",
    "issue": "Taken up",
    "area": "Named as an area",
    "progress": "Progress reported",
    "post": "Posts",
}
"""What lists of each kind of claim are called."""
