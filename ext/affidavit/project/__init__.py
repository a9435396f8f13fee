"""A Sphinx project as its faces read it: by Sphinx itself, in this process, with nothing written into its folder."""
