"""Links: what a URL is seen to answer, and what that means."""
