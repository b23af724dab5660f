"""Lets ``python -m communique`` do what ``communique`` does."""

from communique.cli import main

if __name__ == "__main__":
    main()
