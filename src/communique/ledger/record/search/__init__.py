"""The search page: quotes and documents by their words and by what they are about."""
