"""The page of one claim: how it stands, the words it stands on, whom and what it is about, and how it came to be."""
