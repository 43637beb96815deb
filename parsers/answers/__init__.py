"""What people answer to our letters: the new words, and what they say. Decides nothing."""
