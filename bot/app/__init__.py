"""The order of things: take in, read, decide, deliver. Decides nothing itself."""
