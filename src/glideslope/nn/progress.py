"""One line that tells how far a loop is, how well it goes and how long it will take.

Written to standard error at most ten times a second; on a terminal it is rewritten in place, elsewhere only the last
state of each epoch appears. Costs a clock reading per step.
"""

import sys
import time
from types import TracebackType
from typing import Any

__all__ = ["ProgressLine"]

WIDTH = 20  # characters
PERIOD_S = 0.1


class ProgressLine:
    """Show a bar, numbers and the remaining time of a loop of known length.

    Args:
        label: what is running.
        total: number of steps.
        enabled: show it at all.
        file: where to; standard error by default.

    Example:
        >>> with ProgressLine("epoch 1/1", 4, file=sys.stdout) as line:
        ...     line.end({"loss": 0.5}, seconds=2.0)
        epoch 1/1 [####################] 4/4  loss 0.5  2.0 s
    """

    def __init__(self, label: str, total: int, *, enabled: bool = True, file: Any = None) -> None:
        self.label, self.total, self.enabled = label, total, enabled
        self.file = file or sys.stderr
        self.live = enabled and self.file.isatty()
        self.start_s = self.shown_s = time.monotonic()

    def __enter__(self) -> "ProgressLine":
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is not None and self.live:
            self.file.write("\n")  # keep the last state above the traceback

    def update(self, done: int, **numbers: float) -> None:
        """Tell that `done` steps are done."""
        now_s = time.monotonic()
        if self.live and now_s - self.shown_s >= PERIOD_S:
            self.shown_s = now_s
            left_s = (now_s - self.start_s) * (self.total - done) / max(done, 1)
            self.file.write("\r" + self._text(done, numbers, f"{left_s:.0f} s left"))
            self.file.flush()

    def end(self, numbers: dict[str, Any], seconds: float | None = None) -> None:
        """Show the final numbers and the time taken."""
        if self.enabled:
            taken = time.monotonic() - self.start_s if seconds is None else seconds
            shown = {name: value for name, value in numbers.items() if name != "epoch"}
            self.file.write(("\r" if self.live else "") + self._text(self.total, shown, f"{taken:.1f} s") + "\n")
            self.file.flush()

    def _text(self, done: int, numbers: dict[str, Any], clock: str) -> str:
        filled = WIDTH * done // max(self.total, 1)
        values = "".join(f"  {name} {value:.4g}" for name, value in numbers.items())
        return f"{self.label} [{'#' * filled}{'.' * (WIDTH - filled)}] {done}/{self.total}{values}  {clock}"
