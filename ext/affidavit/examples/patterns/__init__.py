"""Regular expressions of authors, read without going back: each takes time in proportion to the text. Pure."""
