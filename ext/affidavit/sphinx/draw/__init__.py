"""Drawing: from what pages declare to nodes that every builder can write. One file for each thing drawn."""
