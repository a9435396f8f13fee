"""Environments that examples run in: what is locked of them, and how they are made to stand."""
