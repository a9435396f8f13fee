"""Renderers: one file a format, each ``Report -> str``. Pure, sorted output."""
