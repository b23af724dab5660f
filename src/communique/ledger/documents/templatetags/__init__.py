"""Template filters of the documents."""
