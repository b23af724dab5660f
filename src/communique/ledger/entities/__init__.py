"""Entities: the parties, persons, meetings, instruments, issues and areas that claims are about. They are thin."""
