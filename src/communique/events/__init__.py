"""Events between parties, coded by PLOVER and CAMEO: who did what to whom, each on its exact words."""

from communique.events.coding import code, read_coded
from communique.events.model import Coded, Event, Words

__all__ = ["Coded", "Event", "Words", "code", "read_coded"]
