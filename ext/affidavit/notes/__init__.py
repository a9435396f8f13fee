"""Release notes: where their sections are, and what a reference to one resolves to."""
