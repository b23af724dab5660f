"""Review: the document page on which findings are decided, and the queue of what needs a person."""
