"""Makes the index: a table of FTS5 on SQLite, a tsvector under GIN on PostgreSQL."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = (
    # Only the words' places are kept, not the words: rows are never altered, and stand in their own tables.
    "CREATE VIRTUAL TABLE search_index USING fts5"
    "(words, content='', columnsize=0, tokenize=\"ascii tokenchars '_'\")",
    "CREATE TABLE search_past (key integer PRIMARY KEY)",
)
POSTGRESQL = (
    "CREATE TABLE search_index (key bigint PRIMARY KEY, words tsvector NOT NULL, current boolean NOT NULL)",
    # How common a word is decides whether the newest entries are looked through, or all that have the word.
    "ALTER TABLE search_index ALTER COLUMN words SET STATISTICS 1000",
    "CREATE INDEX search_words ON search_index USING gin (words)",
)
TABLES = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def make(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the tables of this database."""
    for sql in TABLES[editor.connection.vendor]:
        editor.execute(sql)


def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop them."""
    editor.execute("DROP TABLE search_index")
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TABLE search_past")


class Migration(migrations.Migration):
    """The first, and needed by no other."""

    initial = True
    dependencies = ()
    operations = (migrations.RunPython(make, drop),)
