"""Areas of cooperation: who works in them, and under what."""
