"""Examples: reading, running and comparing them, and the evidence that runs leave."""
