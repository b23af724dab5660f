"""People: the posts they held, and what they said."""
