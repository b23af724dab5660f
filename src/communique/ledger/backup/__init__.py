"""Backup: a whole ledger in one file, and back."""
