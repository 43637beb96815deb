"""Documents for holders: the lathund, printed letters. Knows nobody's case."""
