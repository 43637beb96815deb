"""The closing report of a review, drawn row by row as a tagged PDF. Judges no answer."""
