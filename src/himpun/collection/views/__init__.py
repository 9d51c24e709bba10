"""Pages of steps 1 to 3 of a case, and of verification."""
