"""Receipts of loans that come back signed: whose, and whether the box holds ink. Knows no loan."""
