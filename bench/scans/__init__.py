"""Filled forms as offices get them, with their exact truth; and how well they are read."""
