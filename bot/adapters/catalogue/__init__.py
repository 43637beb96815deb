"""Catalogues to write to: our own table, or a clerk's hands."""
