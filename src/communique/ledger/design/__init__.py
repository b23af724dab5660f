"""The look of the ledger: the frame around every page, the components pages are made of, and their styles."""
