"""Charts as SVG, drawn on the server, each with a table of the same figures behind it. No script."""
