"""Plans, frameworks and agreements, and what was said about them."""
