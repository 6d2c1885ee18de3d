"""A data set in memory: arrays, what their columns mean, and which rows belong together.

Rows are samples; `group` names the flight, episode or scene a row comes from, because rows of one flight resemble each other
and a split by rows would let a model recognise the flight instead of the phase. Use `part("train")` and `part("test")`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from importlib import import_module
from types import MappingProxyType
from typing import Any

import numpy as np

from glideslope._typing import Float, Int, Shaped, ndarray
from glideslope.data.card import card_text
from glideslope.data.plotting import draw
from glideslope.errors import DataError, MissingExtraError

__all__ = ["Channel", "Dataset"]


@dataclass(frozen=True)
class Channel:
    """One column: its name, unit, the step it is stored in, and a line in both languages."""

    name: str
    unit: str
    scale: float = 1.0
    en: str = ""
    zh: str = ""


@dataclass(frozen=True, repr=False)
class Dataset:
    r"""Hold a data set: read-only arrays and the words that explain them.

    Args:
        name: The name `load` knows it by.
        X: Samples, (n, ...): n rows of d channels, or n images.
        y: Class of each row, (n,), an index into `classes`; empty when the set has none.
        channels: What each column of X is.
        classes: Names of the classes.
        group: Flight, episode or scene of each row, (n,).
        groups: The facts known for each group, by name: arrays as long as `group_ids`.
        group_ids: The numbers that `group` uses.
        targets: Further answers, one row for each row of X.
        card: The data card: texts, limits, licence, baselines.

    Example:
        >>> from glideslope.data import load
        >>> flights = load("c172_sorties", channels="cockpit")
        >>> flights.X.shape[1], flights.classes[0]
        (12, 'climb')
        >>> len(flights.part("train").group_ids), len(flights.part("test").group_ids)
        (30, 10)
    """

    name: str
    X: Shaped[ndarray, "n ..."]
    y: Int[ndarray, " m"]
    channels: tuple[Channel, ...]
    classes: tuple[str, ...]
    group: Int[ndarray, " n"]
    group_ids: Int[ndarray, " g"]
    groups: Mapping[str, ndarray] = field(default_factory=lambda: MappingProxyType({}))
    targets: Mapping[str, ndarray] = field(default_factory=lambda: MappingProxyType({}))
    card: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def __len__(self) -> int:
        return len(self.X)

    def __repr__(self) -> str:
        return f"Dataset({self.name!r}, X={self.X.shape}, {len(self.group_ids)} groups, classes={list(self.classes)})"

    def __getitem__(self, channel: str) -> Float[ndarray, " n"]:
        """Return one channel by name, e.g. `flights["ias_kt"]`."""
        return self.X[:, self._column(channel)]

    @property
    def channel_names(self) -> tuple[str, ...]:
        """Names of the columns of X."""
        return tuple(channel.name for channel in self.channels)

    @property
    def units(self) -> tuple[str, ...]:
        """Units of the columns of X."""
        return tuple(channel.unit for channel in self.channels)

    @property
    def splits(self) -> tuple[str, ...]:
        """Names that `part` takes."""
        return tuple(self.card.get("splits", ()))

    def part(self, split: str) -> "Dataset":
        """Return the rows of one split: whole groups, never single rows."""
        if split not in self.splits:
            raise DataError(f"{self.name} has no part {split!r}; its parts are {', '.join(self.splits)}.")
        return self.keep(self.group_ids[self.groups["split"] == self.splits.index(split)])

    def keep(self, group_ids: Iterable[int]) -> "Dataset":
        """Return the rows of the given groups, in the order of the data set."""
        wanted = np.asarray(list(group_ids), dtype=int)
        unknown = np.setdiff1d(wanted, self.group_ids)
        if unknown.size:
            raise DataError(
                f"{self.name} has no group {unknown[0]} here; its group_ids hold the {len(self.group_ids)} it has."
            )
        rows, known = np.isin(self.group, wanted), np.isin(self.group_ids, wanted)
        return replace(
            self,
            X=_frozen(self.X[rows]),
            y=_frozen(self.y[rows] if len(self.y) else self.y),
            group=_frozen(self.group[rows]),
            group_ids=_frozen(self.group_ids[known]),
            groups=MappingProxyType({name: _frozen(fact[known]) for name, fact in self.groups.items()}),
            targets=MappingProxyType({name: _frozen(target[rows]) for name, target in self.targets.items()}),
        )

    def select(self, channels: str | Iterable[str]) -> "Dataset":
        """Return the data set with some channels only: names, or the name of a selection on the card."""
        names = self._selection(channels) if isinstance(channels, str) else tuple(channels)
        columns = [self._column(name) for name in names]
        return replace(self, X=_frozen(self.X[:, columns]), channels=tuple(self.channels[i] for i in columns))

    def describe(self, lang: str = "en") -> None:
        """Print the data card, in English ("en") or Chinese ("zh")."""
        print(card_text(self, lang))

    def plot(self, group: int | None = None, lang: str = "en") -> Any:
        """Draw one group (the first by default) and return the matplotlib figure."""
        return draw(self, group, lang)

    def to_frame(self, library: str = "pandas") -> Any:
        """Return a pandas or polars frame: the channels, then `group`, `label` and the targets."""
        if library not in ("pandas", "polars"):
            raise DataError(f"to_frame knows pandas and polars, not {library!r}; name one of the two.")
        try:
            frames = import_module(library)
        except ImportError:
            raise MissingExtraError(
                f"to_frame needs {library}: run `pip install {library}`, then call it again."
            ) from None
        if self.X.ndim != 2:
            raise DataError(f"{self.name} holds images of shape {self.X.shape[1:]}, not columns; use its arrays.")
        columns = dict(zip(self.channel_names, self.X.T, strict=True)) | {"group": self.group}
        if len(self.y):
            columns["label"] = np.asarray(self.classes)[self.y]
        columns |= {name: target for name, target in self.targets.items() if target.ndim == 1}
        return frames.DataFrame(columns)

    def _column(self, name: str) -> int:
        if name in self.channel_names:
            return self.channel_names.index(name)
        close = get_close_matches(name, self.channel_names, n=3, cutoff=0.5)
        hint = f"it may be called {' or '.join(close)}" if close else f"it has {', '.join(self.channel_names)}"
        raise DataError(f"{self.name} has no channel {name!r}; {hint}.")

    def _selection(self, name: str) -> tuple[str, ...]:
        selections = self.card.get("selections", {})
        if name == "all":
            return self.channel_names
        if name not in selections:
            known = ", ".join(["all", *selections])
            raise DataError(f"{self.name} has no selection {name!r}; use {known}, or a list of channel names.")
        return tuple(selections[name])


def _frozen(array: ndarray) -> ndarray:
    array.flags.writeable = False
    return array
