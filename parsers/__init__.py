"""Bytes in, meaning out: mails, documents, forms. No network, no clock."""
