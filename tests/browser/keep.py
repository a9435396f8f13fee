"""Replace the pictures that the site and README show by those that the tests have just taken."""

from __future__ import annotations

import shutil
from pathlib import Path

SHOTS = Path(__file__).with_name("shots")
KEPT = Path(__file__).parents[2] / "doc" / "_static" / "pictures"

if __name__ == "__main__":
    for picture in KEPT.glob("*.png"):
        shutil.copy(SHOTS / picture.name, picture)
