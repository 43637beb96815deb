"""The readers of one line of writing; each of another make, so that they err apart."""
