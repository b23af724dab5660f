"""History: what was done to each thing, undoing it, and the record as it stood on an earlier day."""
