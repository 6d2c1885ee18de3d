r"""What an instrument makes of the truth: bias, noise, delay, lost samples.

$y_k = x_{k-d} + b + \sigma\,n_k$, or NaN with probability π; the bias b may wander as a random walk.
Use it between a simulator and a filter: algorithms that only ever saw the truth fail on their first flight.
"""

from dataclasses import dataclass

import numpy as np

from glideslope._typing import Float, ndarray

__all__ = ["Sensor", "measure"]


@dataclass(frozen=True)
class Sensor:
    """Noise (standard deviation), bias, its walk per √s, delay (s), share of lost samples; in the unit of what is measured."""

    noise: float = 0.0
    bias: float = 0.0
    walk_per_sqrt_s: float = 0.0
    delay_s: float = 0.0
    dropout: float = 0.0


def measure(
    truth: Float[ndarray, " t *channels"], sensor: Sensor, dt_s: float, rng: np.random.Generator
) -> Float[ndarray, " t *channels"]:
    """Return what the sensor reports of a signal sampled every dt_s; lost samples are NaN.

    Args:
        truth: The signal, time first.
        sensor: Its errors.
        dt_s: Sampling time in s.
        rng: Source of randomness.

    Returns:
        An array like `truth`; before the first delayed sample arrives, the first value is repeated.

    Raises:
        ValueError: A standard deviation, the delay, the dropout or the sampling time is outside its range.

    Example:
        >>> import numpy as np
        >>> measure(np.arange(4.0), Sensor(bias=0.5, delay_s=0.2), 0.1, np.random.default_rng(0)).tolist()
        [0.5, 0.5, 0.5, 1.5]
    """
    if min(sensor.noise, sensor.walk_per_sqrt_s, sensor.delay_s) < 0 or not 0.0 <= sensor.dropout <= 1.0:
        raise ValueError(
            f"measure expects noise, walk and delay of at least 0 and dropout in [0, 1] and got {sensor}; correct the sensor."
        )
    if not dt_s > 0.0:
        raise ValueError(
            f"measure expects a sampling time above 0 s and got {dt_s:g} s; give the time between two samples."
        )
    late = round(sensor.delay_s / dt_s)
    delayed = np.concatenate([np.repeat(truth[:1], late, axis=0), truth])[: len(truth)]
    steps = rng.standard_normal(truth.shape) * (sensor.walk_per_sqrt_s * np.sqrt(dt_s))
    reading = delayed + sensor.bias + np.cumsum(steps, axis=0) + sensor.noise * rng.standard_normal(truth.shape)
    lost = rng.random(truth.shape[:1]) < sensor.dropout
    return np.where(lost.reshape(-1, *[1] * (truth.ndim - 1)), np.nan, reading)
