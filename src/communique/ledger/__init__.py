"""The ledger: documents in, reviewed record out, in a browser. A Django project, one feature a folder."""
