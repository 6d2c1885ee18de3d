r"""Birds ahead: tracks of a small forward radar, of which one in a hundred ends in a strike.

Two objects on straight paths, apart by r with relative velocity v, pass at the distance $|r \times v| / |v|$: a bearing that stands
still means collision. The echo of a target of radar cross-section σ falls as $P = \sigma - 40 \log_{10} R$ (in dB); wings beating
modulate it. Use it for rare positives, and for groups: the looks at one object are nearly twins, and a flight has its own weather.
The radar and its numbers are a model made for teaching, not those of any product.
"""

from dataclasses import dataclass

import numpy as np

from glideslope._typing import Float, Int, ndarray

__all__ = ["BIRD_CHANNELS", "BirdTracks", "bird_tracks"]

BIRD_CHANNELS = ("range_m", "closing_m_s", "bearing_rate_deg_s", "echo_dB", "flutter_dB", "flutter_Hz")
LOOKS, LOOK_EVERY_S, OBJECTS, STRIKE_M = 4, 2.0, 60, 7.0
NOISE = np.array([5.0, 1.0, 0.05, 2.0, 1.5, 0.8])  # in the channels' units


@dataclass(frozen=True)
class BirdTracks:
    """Looks of a radar at objects ahead: channels X (n, 6), strike y (n,), object and flight of each look, true miss distance in m."""

    X: Float[ndarray, "n 6"]
    y: Int[ndarray, " n"]
    target: Int[ndarray, " n"]
    flight: Int[ndarray, " n"]
    miss_m: Float[ndarray, " n"]


def bird_tracks(
    rng: np.random.Generator, flights: int = 100, *, birds: float = 0.4, rain_dB: float = 0.0
) -> BirdTracks:
    r"""Draw flights of an aeroplane through birds and clutter, seen by its radar.

    A look is positive when its object is a bird and both keep their course until it passes within 7 m: half a wingspan and a little.

    Args:
        rng: Source of randomness.
        flights: Number of flights, 60 objects each, four looks 2 s apart at every object still ahead.
        birds: Share of the objects that are birds; the rest is rain, insects and ground.
        rain_dB: Added to the echoes of clutter: 0 as usual, 8 in a shower (a shift to test under).

    Returns:
        `BirdTracks`; split it by `flight`.

    Example:
        >>> import numpy as np
        >>> tracks = bird_tracks(np.random.default_rng(0), flights=100)
        >>> bool(0.005 < tracks.y.mean() < 0.02)
        True
    """
    parts = [_one_flight(rng, birds, rain_dB) for _ in range(flights)]
    X, y, target, miss = (np.concatenate(column) for column in zip(*parts, strict=True))
    lengths = [len(part[1]) for part in parts]
    flight = np.repeat(np.arange(flights), lengths)
    return BirdTracks(X, y, target + OBJECTS * flight, flight, miss)


def _one_flight(rng: np.random.Generator, birds: float, rain_dB: float) -> tuple[ndarray, ndarray, ndarray, ndarray]:
    """Draw the day (speed, weather, the species about), then the objects, then the looks."""
    speed_m_s, weather_dB = rng.uniform(50, 75), 3.0 * rng.standard_normal() + rain_dB
    bird = rng.random(OBJECTS) < birds
    r0, v = _encounters(rng, bird, speed_m_s)
    size_dB, beat_Hz = rng.uniform(-30, -15), rng.uniform(4, 11)
    sigma_dB = np.where(
        bird, size_dB + 2 * rng.standard_normal(OBJECTS), weather_dB - 24 + 6 * rng.standard_normal(OBJECTS)
    )
    depth_dB = np.where(bird, 6.0, 2.0) + rng.standard_normal(OBJECTS)
    beats_Hz = np.where(bird, beat_Hz, rng.uniform(0, 15, OBJECTS))
    miss = np.abs(r0[:, 0] * v[:, 1] - r0[:, 1] * v[:, 0]) / np.hypot(*v.T)
    looks = []
    for k in range(LOOKS):
        r = r0 + k * LOOK_EVERY_S * v
        echo = _echo(r, v, sigma_dB)
        looks.append(np.column_stack([echo, depth_dB, beats_Hz]))
    X = np.stack(looks, axis=1) + NOISE * rng.standard_normal((OBJECTS, LOOKS, 6))
    ahead = np.stack([r0[:, 0] + k * LOOK_EVERY_S * v[:, 0] > 60.0 for k in range(LOOKS)], axis=1)
    who = np.repeat(np.arange(OBJECTS), LOOKS).reshape(OBJECTS, LOOKS)[ahead]
    return X[ahead], (bird & (miss < STRIKE_M)).astype(int)[who], who, miss[who]


def _encounters(
    rng: np.random.Generator, bird: ndarray, speed_m_s: float
) -> tuple[Float[ndarray, "n 2"], Float[ndarray, "n 2"]]:
    """Return places (ahead, to the left; m) and relative velocities (m/s) as the aeroplane sees them: birds fly, clutter drifts."""
    n = len(bird)
    place = np.column_stack([rng.uniform(250, 1200, n), rng.uniform(-250, 250, n)])
    course, own = rng.uniform(0, 2 * np.pi, n), np.where(bird, rng.uniform(8, 18, n), rng.uniform(0, 3, n))
    return place, np.column_stack([own * np.cos(course) - speed_m_s, own * np.sin(course)])


def _echo(r: Float[ndarray, "n 2"], v: Float[ndarray, "n 2"], sigma_dB: Float[ndarray, " n"]) -> Float[ndarray, "n 4"]:
    """Range, closing speed, bearing rate (left positive) and echo of each object; the echo at 1 km of 0 dB is called 120 dB."""
    distance = np.hypot(*r.T)
    closing = -(r * v).sum(axis=1) / distance
    rate = np.degrees((r[:, 0] * v[:, 1] - r[:, 1] * v[:, 0]) / distance**2)
    return np.column_stack([distance, closing, rate, sigma_dB + 240.0 - 40.0 * np.log10(distance)])
