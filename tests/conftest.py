"""What all tests share: shapes in annotations are checked, random things are seeded, the course is the repository's."""

import os
from pathlib import Path

os.environ["GLIDESLOPE_CHECK_SHAPES"] = "1"
os.environ.setdefault("GLIDESLOPE_COURSE_DIR", str(Path(__file__).resolve().parents[1] / "course"))
os.environ.setdefault("MPLBACKEND", "agg")

from jaxtyping import install_import_hook

_hook = install_import_hook(["glideslope.kernels", "glideslope.learn", "glideslope.autograd", "glideslope.nn", "glideslope.sim"], "beartype.beartype")
