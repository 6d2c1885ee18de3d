"""Least squares: steady wind and the scale error of the airspeed from GPS velocity and true airspeed, flight by flight.

Ground velocity = scale^-1 * airspeed * heading + wind. The naive average takes the scale as one.
"""

import numpy as np

from glideslope.data import load


def experiment(seeds=(0,)):
    """No randomness beyond the data set: 40 sorties are the sample."""
    data = load("c172_sorties")
    naive, fitted, scale_error, circle = [], [], [], []
    for i, flight in enumerate(data.group_ids[:40]):
        one = data.keep([flight])
        heading, tas = np.radians(one["heading_deg"]), one["tas_kt"]
        air = np.column_stack([np.cos(heading), np.sin(heading)]) * tas[:, None]
        ground = np.column_stack([one["gps_north_kt"], one["gps_east_kt"]])
        wind = np.array([data.groups["wind_north_kt"][i], data.groups["wind_east_kt"][i]])
        naive.append(np.hypot(*((ground - air).mean(0) - wind)))
        estimate = with_scale(air, ground)
        fitted.append(np.hypot(*(estimate[1:] - wind)))
        scale_error.append(abs(1 / estimate[0] - data.groups["speed_scale"][i]))
        circle.append(np.hypot(*(heading_free(tas, ground) - wind)))
    return {
        "mean wind triangle, kt": summary(naive), "least squares with scale, kt": summary(fitted),
        "scale error": summary(scale_error), "without heading (V squared), kt": summary(circle),
    }  # fmt: skip


def with_scale(air, ground):
    n = len(air)
    A = np.zeros((2 * n, 3))
    A[:n, 0], A[n:, 0], A[:n, 1], A[n:, 2] = air[:, 0], air[:, 1], 1.0, 1.0
    return np.linalg.lstsq(A, np.concatenate([ground[:, 0], ground[:, 1]]), rcond=None)[0]


def heading_free(tas, ground):
    """|g - w|² = (V/s)² is linear in w, |w|² and s^-2: |g|² = 2 g·w - |w|² + s^-2 V²."""
    A = np.column_stack([2 * ground, np.ones(len(tas)), tas**2])
    return np.linalg.lstsq(A, (ground**2).sum(1), rcond=None)[0][:2]


def summary(values):
    return {"mean": round(float(np.mean(values)), 4), "p90": round(float(np.percentile(values, 90)), 4)}
