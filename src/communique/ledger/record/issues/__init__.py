"""Issues: who took them up, and when."""
