"""Claims: the findings that the ledger keeps, as they stand and as they stood."""
