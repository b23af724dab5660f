"""Events between parties, coded by PLOVER and CAMEO: who did what to whom, each on its exact words."""

from communique.events.coding import code, read_coded
from communique.events.model import STATELESS, Coded, Event, EventSupport, Words

__all__ = ["STATELESS", "Coded", "Event", "EventSupport", "Words", "code", "read_coded"]
