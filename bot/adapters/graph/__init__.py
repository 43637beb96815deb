"""What mailbox and way out share when the mail lies behind Microsoft Graph (Exchange Online)."""
