"""The office's own blank: a tagged, fillable PDF drawn from one layout. Reads no form."""
