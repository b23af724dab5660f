"""The parts of the API. What shares an address shares a part, wherever its operations are written."""

from __future__ import annotations

from ninja import Router

documents = Router(tags=["documents"])
claims = Router(tags=["claims"])
entities = Router(tags=["entities"])
search = Router(tags=["search"])
history = Router(tags=["history"])
jobs = Router(tags=["taking in"])
watches = Router(tags=["watches"])
people = Router(tags=["people"])
ALL = (documents, claims, entities, search, history, jobs, watches, people)
