"""PDF files: whether they may be opened, and what stands on their pages. Knows no forms."""
