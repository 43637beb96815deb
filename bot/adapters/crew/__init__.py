"""Crews: who does the reading, and in which process."""
