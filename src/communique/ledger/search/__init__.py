"""Search: one way of cutting and matching words, kept in SQLite's FTS5 or in PostgreSQL's tsvector.

``words`` turns text into tokens that neither database interprets, ``query`` reads what people type, ``index``
adds and finds. It knows rows, words and facets, and nothing of claims or documents.
"""
