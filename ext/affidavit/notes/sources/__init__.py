"""Where the facts about release notes come from: a module for each kind of source, behind one protocol."""
