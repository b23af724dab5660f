"""Who is to look at what: documents and claims assigned to people, one person at a time."""
