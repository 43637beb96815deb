"""Access tokens instead of passwords (OAuth 2.0)."""
