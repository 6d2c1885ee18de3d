"""The aeroplane against JSBSim's 172P model, whose linearisation about its own trim has a short period and a phugoid of its own."""

from functools import cache

import numpy as np

from bench.validation_rows import Row
from glideslope import sim


@cache
def jsbsim_modes():
    """Natural frequency and damping of the two longitudinal pairs of JSBSim's own system matrix, and the speed in m/s."""
    import jsbsim

    from glideslope.sim.make._jsbsim import Start, open_aircraft

    fdm = open_aircraft(Start(speed_kt=95.0, payload_lb=360.0, fuel_lb=200.0))
    for _ in range(480):
        fdm.run()
    linear = jsbsim.FGLinearization(fdm)
    keep = [linear.x_names.index(name) for name in ("Vt", "Alpha", "Theta", "Q", "Rpm0", "Alt")]
    poles = [s for s in np.linalg.eigvals(np.array(linear.system_matrix)[np.ix_(keep, keep)]) if s.imag > 0.1]
    fast, slow = sorted(poles, key=abs, reverse=True)
    pairs = [(abs(s), -s.real / abs(s)) for s in (fast, slow)]
    return dict(zip(("short period", "phugoid"), pairs, strict=True)), fdm["velocities/vt-fps"] * 0.3048


def mode_error(mode, part):
    theirs, speed_m_s = jsbsim_modes()
    ours = sim.aeroplane_modes(speed_m_s)
    return abs(ours[mode][part] / theirs[mode][part] - 1)


def answer_to_elevator(channel, index):
    """Rms difference over 9 s of 3-2-1-1, in parts of the channel's spread; elevator and thrust as logged."""
    from glideslope.sim.make import c172_flighttest

    log, _, _ = c172_flighttest.fly_episode(0, c172_flighttest.EPISODES[0], noise=False)
    column = dict(zip(c172_flighttest.CHANNELS, log[:540].T, strict=True))
    x0 = np.array([column["v_m_s"][0], column["alpha_rad"][0], column["q_rad_s"][0], column["theta_rad"][0], 914.0])
    u = np.column_stack([column["elevator_rad"], column["thrust_N"]])
    x = sim.simulate(sim.AEROPLANE, x0, u, 1 / 60, 540)[:-1]
    return float(np.sqrt(np.mean((x[:, index] - column[channel]) ** 2)) / column[channel].std())


JSBSIM = ("jsbsim",)
ROWS = (
    Row("aeroplane, frequency of the short period", "JSBSim, linearised at 95 kt", "relative", 0.02, lambda: mode_error("short period", 0), JSBSIM),
    Row("aeroplane, damping of the short period", "JSBSim, linearised at 95 kt", "relative", 0.02, lambda: mode_error("short period", 1), JSBSIM),
    Row("aeroplane, frequency of the phugoid", "JSBSim, linearised at 95 kt", "relative", 0.05, lambda: mode_error("phugoid", 0), JSBSIM),
    Row("aeroplane, damping of the phugoid (thrust does not fall with speed here)", "JSBSim, linearised at 95 kt", "relative", 0.4, lambda: mode_error("phugoid", 1), JSBSIM),
    Row("aeroplane, pitch rate over 9 s of 3-2-1-1", "JSBSim, same elevator and thrust", "of its spread", 0.125, lambda: answer_to_elevator("q_rad_s", 2), JSBSIM),
    Row("aeroplane, angle of attack over the same", "JSBSim, same elevator and thrust", "of its spread", 0.125, lambda: answer_to_elevator("alpha_rad", 1), JSBSIM),
)  # fmt: skip
