"""Meetings and the series they belong to."""
