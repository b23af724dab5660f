"""How dates, sums and words from outside are written for people."""
