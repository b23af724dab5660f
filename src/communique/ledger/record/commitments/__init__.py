"""Commitments: who owes what to whom, by when."""
