"""Run the command as ``python -m affidavit``."""

import sys

from affidavit.cli import main

sys.exit(main())
