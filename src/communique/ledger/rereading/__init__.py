"""Re-reading: what a newer reader makes of the documents, beside what people decided."""
