"""Funds, and the money that goes to them."""
