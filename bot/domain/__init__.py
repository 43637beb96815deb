"""The pure core: data in, data out. No clock, no file, no network."""
