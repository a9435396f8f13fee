"""The vocabulary: claims, verdicts, findings, settings. Pure values; imports nothing else of the package."""
