r"""A drone on a grid: reach the goal, avoid the trees, mind the wind.

A finite Markov decision process as two tables: $P(s' \mid s, a)$ and the expected reward $r(s, a)$.
With probability `slip` the wind carries the drone to a side. Small enough for value iteration to be exact, which judges every learner.
"""

from dataclasses import dataclass

import numpy as np

from glideslope._typing import Float, ndarray

__all__ = ["ACTIONS", "DEFAULT_MAP", "GridWorld", "grid_world", "random_map"]

ACTIONS = ("north", "east", "south", "west")
MOVES = ((-1, 0), (0, 1), (1, 0), (0, -1))
DEFAULT_MAP = (
    "S....#...",
    ".##..#.#.",
    ".#.....#.",
    "...##.##.",
    ".#..#....",
    ".##.#.##.",
    "......#.G",
)


@dataclass(frozen=True)
class GridWorld:
    """Tables of a grid: P (s, a, s'), r (s, a), and where start and goal are; the goal ends an episode."""

    P: Float[ndarray, "s a s"]
    r: Float[ndarray, "s a"]
    start: int
    goal: int
    cells: tuple[tuple[int, int], ...]


def grid_world(
    rows: tuple[str, ...] = DEFAULT_MAP, *, slip: float = 0.1, step_reward: float = -1.0, goal_reward: float = 40.0
) -> GridWorld:
    """Build the tables from a map: S start, G goal, # tree, . free.

    Args:
        rows: The map, rows of equal length, north on top.
        slip: Probability that the wind moves the drone to the left or the right of its action, half each.
        step_reward: Reward of each move.
        goal_reward: Added on entering the goal.

    Returns:
        A `GridWorld` of the free cells; a move into a tree or off the map stays where it is.

    Raises:
        ValueError: The map has no S, no G, or rows of different lengths.

    Example:
        >>> world = grid_world(("SG",), slip=0.0)
        >>> world.P[0, 1].tolist(), float(world.r[0, 1])
        ([0.0, 1.0], 39.0)
    """
    text = "".join(rows)
    if len({len(row) for row in rows}) != 1 or text.count("S") != 1 or text.count("G") != 1:
        raise ValueError(
            f"grid_world expects rows of one length with one S and one G and got {list(rows)}; correct the map."
        )
    cells = tuple((i, j) for i, row in enumerate(rows) for j, mark in enumerate(row) if mark != "#")
    number = {cell: s for s, cell in enumerate(cells)}
    start, goal = (number[next(c for c in cells if rows[c[0]][c[1]] == mark)] for mark in "SG")
    P = np.zeros((len(cells), len(ACTIONS), len(cells)))
    for s, (i, j) in enumerate(cells):
        for a in range(len(ACTIONS)):
            for turn, chance in ((0, 1.0 - slip), (-1, slip / 2), (1, slip / 2)):
                di, dj = MOVES[(a + turn) % len(ACTIONS)]
                P[s, a, number.get((i + di, j + dj), s)] += chance
    P[goal] = np.eye(len(cells))[goal]
    r = step_reward + goal_reward * P[:, :, goal]
    r[goal] = 0.0
    return GridWorld(P, r, start, goal, cells)


def random_map(size: int, trees: float, rng: np.random.Generator) -> tuple[str, ...]:
    """Draw a square map with a share of trees on which the goal can be reached.

    Example:
        >>> import numpy as np
        >>> rows = random_map(5, 0.2, np.random.default_rng(1))
        >>> rows[0][0], rows[-1][-1]
        ('S', 'G')
    """
    while True:
        marks = np.where(rng.random((size, size)) < trees, "#", ".")
        marks[0, 0], marks[-1, -1] = "S", "G"
        rows = tuple("".join(row) for row in marks)
        world = grid_world(rows, slip=0.0)
        reached = (
            np.linalg.matrix_power(world.P.max(axis=1) + np.eye(len(world.cells)), len(world.cells))
            if len(world.cells) < 400
            else None
        )
        if reached is None or reached[world.start, world.goal] > 0:
            return rows
