"""Documents: their bytes, their text, each time they came, and what the reader made of them."""
