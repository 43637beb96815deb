"""Ways out for letters: one file for each technology."""
