"""The log of acts: append-only, each act chained to the one before by its hash."""
