"""Mailboxes that the office's mail arrives in: one file for each technology."""
