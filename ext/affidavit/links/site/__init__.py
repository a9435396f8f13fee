"""A finished html site, of whatever generator: which of its links lead nowhere, and which lead out into the web."""
