"""Communiqué: from a document to a record that quotes every word it rests on."""

from communique.errors import CommuniqueError, UnreadableDocument
from communique.model import Record

__all__ = ["CommuniqueError", "Record", "UnreadableDocument", "__version__"]

__version__ = "0.1.0"
