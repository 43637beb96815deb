"""Mail as bytes made into mail as meaning."""
