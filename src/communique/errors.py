"""The errors a caller can meet. Each names the thing, the place and the way out."""

from __future__ import annotations

DEFECTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    ImportError,
    LookupError,
    MemoryError,
    NameError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What only a mistake in the reader or an exhausted machine raises: it costs one document, and is said."""


class CommuniqueError(Exception):
    """Base of every error raised on purpose."""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint

    def __str__(self) -> str:
        message = super().__str__()
        return message if self.hint is None else f"{message} ({self.hint})"


class UnreadableDocument(CommuniqueError):
    """The bytes given are not a document that can be read."""

    def __init__(self, path: str, why: str, *, hint: str | None = None) -> None:
        super().__init__(f"{path}: {why}", hint=hint)
        self.path = path
        self.why = why


class VocabularyError(CommuniqueError):
    """A vocabulary file says something that can't be used."""
