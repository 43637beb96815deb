"""A made-up municipality that lives against the real program, day by day."""
