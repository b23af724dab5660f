"""Taking in: jobs, the worker that does them, and the way of a document into the ledger."""
