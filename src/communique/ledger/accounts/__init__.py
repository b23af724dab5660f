"""People and what they may do: accounts, roles, sign-in, sessions, tokens, one-time links, and settings."""
