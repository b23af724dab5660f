"""How dates and sums are written for people."""
