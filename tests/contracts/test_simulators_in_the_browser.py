"""The simulator of the explorable `flight-viewer` flies as Python's: its table is what `glideslope.sim` gives today.

Run this file (`python tests/contracts/test_simulators_in_the_browser.py`) to write the table anew after a change of the model.
`web/explorables/flight-viewer/model.test.ts` compares TypeScript with it.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

from glideslope import sim
from glideslope.sim.control import planar_quadrotor_pd, planar_quadrotor_tilt

TABLE = Path(__file__).resolve().parents[1] / "cases" / "parity" / "flight-viewer.json"
DT_S, STEPS = 0.02, (1, 2, 5, 20, 60, 150, 300)
CASES = (
    # pilot, wind m/s, target, stick (tilt, lift), start
    ("pd", 0.0, (2.0, 2.4), (0.0, 4.905), (-3.0, 1.2, 0.0, 0.0, 0.0, 0.0)),
    ("pd", 4.0, (-1.0, 3.0), (0.0, 4.905), (0.5, 2.0, 0.9, -2.0, 1.0, 4.0)),
    ("pid", -5.5, (1.5, 1.0), (0.0, 4.905), (-3.0, 1.2, 0.0, 0.0, 0.0, 0.0)),
    ("you", 2.0, (0.0, 1.0), (-0.3, 5.6), (0.0, 2.0, 0.2, 0.0, 0.0, -1.0)),
    ("pd", 1.0, (0.0, 2.0), (0.0, 4.905), (0.0, 3.0, 3.0, 0.0, 0.0, 0.0)),
)


def cases() -> list[dict[str, Any]]:
    return [flown(*case) for case in CASES]


def flown(pilot: str, wind: float, target: Any, stick: Any, start: Any) -> dict[str, Any]:
    p = sim.PlanarQuadrotorParameters(drag_N_s_m=0.25, wind_W_m_s=(wind, 0.0))
    x, aim, memory, states, thrusts = np.array(start), np.array(target), np.zeros(2), [], []

    def command(x: np.ndarray) -> np.ndarray:
        if pilot == "you":
            return planar_quadrotor_tilt(x, stick[0], stick[1], p)
        return planar_quadrotor_pd(x, aim + memory, p)

    first = command(x)
    slope = sim.PLANAR_QUADROTOR.f(0.0, x, first, p)
    for step in range(1, STEPS[-1] + 1):
        u = command(x)
        if pilot == "pid":
            memory = np.clip(memory + 0.9 * DT_S * np.clip(aim - x[:2], -1.0, 1.0), -2.0, 2.0)
        x = sim.rk4_step(sim.PLANAR_QUADROTOR.f, 0.0, x, u, p, DT_S)
        if step in STEPS:
            states += x.tolist()
            thrusts += u.tolist()
    return {
        "pilot": pilot, "wind": wind, "target": list(target), "stick": list(stick), "start": list(start),
        "first": {"u": first.tolist(), "slope": slope.tolist()}, "steps": list(STEPS), "states": states, "thrusts": thrusts,
    }  # fmt: skip


def test_the_table_is_what_the_simulator_gives() -> None:
    table = json.loads(TABLE.read_text(encoding="utf-8"))
    assert len(table) == len(CASES)
    for written, now in zip(table, cases(), strict=True):
        assert written.keys() == now.keys()
        assert written["pilot"] == now["pilot"]
        for name in ("states", "thrusts"):
            # RK4 passes on the last digit of a sine; 300 damped steps do not amplify it
            assert np.allclose(written[name], now[name], rtol=1e-9, atol=1e-9)
        assert np.allclose(written["first"]["slope"], now["first"]["slope"], rtol=1e-9, atol=1e-9)


if __name__ == "__main__":
    TABLE.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases()) + "\n]\n", encoding="utf-8")
