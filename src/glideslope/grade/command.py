"""The words `check` and `grade` of the command line."""

from collections.abc import Sequence

from glideslope.grade import prove

__all__ = ["main"]


def main(word: str, arguments: Sequence[str]) -> int:
    """Run `glideslope check …` or `glideslope grade …` and return its exit code."""
    if word == "check":
        return prove.main(list(arguments))
    from glideslope.grade import grading  # needs the extra [grade]; `check` does not

    return grading.main(list(arguments))
