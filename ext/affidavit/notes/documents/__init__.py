"""From the bytes of one document, a change log, a page or a list of releases, to sections and texts. Pure."""
