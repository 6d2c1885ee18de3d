"""The birds of the lesson what-learning-is swing the aeroplane as JSBSim's own model swings after a kick."""

import re
import runpy
from typing import Any

import numpy as np
import pytest

from glideslope.exercise import course_dir

pytest.importorskip("jsbsim", reason='install the extra: pip install "glideslope[sim]"')

from glideslope.sim.make._jsbsim import Start, open_aircraft

LESSON = course_dir() / "lessons" / "what-learning-is" / "lesson.en.md"
HOLD = ("fcs/elevator-cmd-norm", "fcs/aileron-cmd-norm", "fcs/rudder-cmd-norm", "fcs/throttle-cmd-norm")
SECONDS = 6


def fly(aircraft: str, kick_deg_s: float) -> tuple[np.ndarray, float]:
    """Yaw and roll rate in deg/s, once a frame, from trimmed flight with a yaw rate to begin with; moment of inertia in kg m²."""
    fdm = open_aircraft(Start(aircraft=aircraft, speed_kt=100.0))
    commands = {name: fdm[name] for name in HOLD}
    fdm["ic/theta-deg"], fdm["ic/phi-deg"] = fdm["attitude/theta-deg"], fdm["attitude/phi-deg"]
    fdm["ic/r-rad_sec"] = np.radians(kick_deg_s)
    fdm.run_ic()
    for name, value in commands.items():
        fdm[name] = value
    rates = []
    for _ in range(60 * SECONDS):
        rates.append((fdm["velocities/r-rad_sec"], fdm["velocities/p-rad_sec"]))
        fdm.run()
    return np.degrees(rates), fdm["inertia/izz-slugs_ft2"] * 1.35582


def strike_of_the_lesson(kick_deg_s: float, t: np.ndarray) -> np.ndarray:
    decay_s, period_s, roll = (float(re.search(pattern, LESSON.read_text("utf8"))[1]) for pattern in (r"np\.exp\(-t / ([\d.]+)\)", r"np\.pi \* t / ([\d.]+)\)", r"([\d.]+) \* kick \* np\.sin"))  # fmt: skip
    swing = kick_deg_s * np.exp(-t / decay_s)
    turn = 2 * np.pi * t / period_s
    return np.stack([swing * np.cos(turn), roll * swing * np.sin(turn)], axis=1)


@pytest.mark.parametrize("aircraft", ["c172p", "c172r"])
def test_a_kick_swings_as_the_lesson_says(aircraft: str) -> None:
    """Yaw and roll rate of the formula stay within a quarter of the kick of the simulated answer, and within a tenth on average."""
    kicked, _ = fly(aircraft, 3.0)
    answer = kicked - fly(aircraft, 0.0)[0]
    error = strike_of_the_lesson(3.0, np.arange(len(answer)) / 60) - answer
    assert np.abs(error).max() < 0.25 * 3.0
    assert np.sqrt(np.mean(error**2)) < 0.1 * 3.0


@pytest.mark.parametrize("aircraft", ["c172p", "c172r"])
def test_the_moment_of_inertia_is_that_of_the_models(aircraft: str) -> None:
    said = float(re.search(r"INERTIA_KG_M2 = ([\d.]+)", LESSON.read_text("utf8"))[1])
    assert fly(aircraft, 0.0)[1] == pytest.approx(said, rel=0.05)


STEP_DEG_S = 0.05  # the recorder's resolution of both rates


def off_the_steps(rates: np.ndarray) -> float:
    """The largest distance of a rate from the recorder's steps, in deg/s."""
    return float(np.abs(rates - STEP_DEG_S * np.round(rates / STEP_DEG_S)).max())


@pytest.mark.slow
def test_no_digit_names_a_bird() -> None:
    """Rates with birds lie on the recorder's steps; when they did not, the digits alone reached an average precision of 0.93."""
    judge = runpy.run_path(str(LESSON.parent / "exercises" / "a-better-alarm" / "check.py"))
    assert off_the_steps(judge["fleet"]()[0]) < 1e-9
    page: dict[str, Any] = {}
    for name in ("setup", "load", "strike", "with-birds"):
        cell = re.search(rf":name: {name}\n((?:(?!```).*\n)*)```", LESSON.read_text("utf8"))
        assert cell is not None
        exec(cell[1], page)
    log = page["flights"].keep([0])
    yaw, roll, hit = page["with_birds"](log, np.random.default_rng([8, 0]))
    assert hit.any()
    assert off_the_steps(np.stack([yaw, roll])) < 1e-9
