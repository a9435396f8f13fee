"""What runs the steps of an example, beside them, where their files, processes and ports are.

These modules are sent to a Python that may be older than ours and has nothing installed: they keep to the standard
library of Python 3.8, and import nothing but each other. ``MODULES`` lists them in the order of their imports.
"""

MODULES = (
    "ending", "processes", "limits", "watch", "stream", "spawn", "session", "files", "http_message", "http_exchange",
    "ready", "service", "keep", "terminal", "steps", "main",
)  # fmt: skip
