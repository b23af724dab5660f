"""Parties: states, organisations and their bodies, what they said, promised, gave and received."""
