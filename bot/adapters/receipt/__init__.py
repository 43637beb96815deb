"""The receipt of a loan: a tagged PDF of one page, drawn from one layout. Reads no receipt."""
