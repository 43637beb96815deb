"""Forms: what a blank looks like, and what somebody wrote on it. Decides nothing about orders."""
