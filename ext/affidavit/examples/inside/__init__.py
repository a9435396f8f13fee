"""What runs the steps of an example, beside them, where their files, processes and ports are.

These modules are sent to a Python that may be older than ours and has nothing installed: they keep to the standard
library of Python 3.8, and import nothing but each other.

They start anew for each run, which took longer than most examples, and importing took longest. So what is imported at
the top of a module needs little else (no ``typing``, ``re``, ``enum``, ``json``, ``signal``, ``subprocess`` or
``contextlib``), and what few runs need, such as requests, is imported where it is needed.
"""

MODULES = (
    "ending", "processes", "limits", "watch", "stream", "events", "spawn", "loops", "plain", "session", "parts",
    "files", "http_message", "http_exchange", "ready", "service", "keep", "terminal", "steps", "main",
)  # fmt: skip
