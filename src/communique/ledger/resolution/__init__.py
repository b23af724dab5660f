"""Who is who: which entities are likely one, what merging or splitting them changes, and what people judged."""
