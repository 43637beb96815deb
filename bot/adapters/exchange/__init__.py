"""What the mailbox and the way out on an Exchange server of one's own have in common (EWS)."""
