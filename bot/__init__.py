"""EK-bot: a directory office run from its mailbox."""

__version__ = "0.1.0"
