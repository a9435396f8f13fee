"""From the text of a block to what is put in and what is expected to come out, one module for each kind. Pure."""
