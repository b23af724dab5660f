"""Pages about accounts: signing in, one's own account, and those of all."""
