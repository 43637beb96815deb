"""The terminal: the operators' workshop. Thin; every verb calls the app."""
