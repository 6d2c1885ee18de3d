"""Rigid bodies against MuJoCo: accelerations at random states, then 5 s of flight under thrusts and torques that change every step.

MuJoCo holds a generalised force over the four stages of its Runge–Kutta step, so a callback turns the thrust with the body.
Hinges and slides it adds up as we do, so at one step length only rounding is left. Attitude it moves on the unit sphere, where we add four
numbers: both methods are of fourth order and differ by their truncation, which hides everything below it at 5 ms. So the quadrotor in space is
compared twice: its accelerations alone, free of any step, and its flight at 1.25 ms, where truncation has fallen below the bound.
"""

import numpy as np

from bench.validation_rows import Row
from glideslope import sim

QUADROTOR_XML = """
<mujoco><option integrator="RK4" timestep="{dt}" gravity="0 0 -9.81"><flag contact="disable"/></option><worldbody>
<body><freejoint/><inertial pos="0 0 0" mass="0.8" diaginertia="0.006 0.006 0.011"/></body></worldbody></mujoco>
"""
PLANAR_XML = """
<mujoco><option integrator="RK4" timestep="{dt}" gravity="0 0 -9.81"><flag contact="disable"/></option><worldbody><body>
<joint type="slide" axis="1 0 0"/><joint type="slide" axis="0 0 1"/><joint type="hinge" axis="0 -1 0"/>
<inertial pos="0 0 0" mass="0.5" diaginertia="0.004 0.004 0.004"/></body></worldbody></mujoco>
"""
ARM_XML = """
<mujoco><option integrator="RK4" timestep="{dt}" gravity="0 -9.81 0"><flag contact="disable"/></option><worldbody>
<body><joint type="hinge" axis="0 0 1"/><inertial pos="0.2 0 0" mass="2" diaginertia="0.03 0.03 0.03"/>
<body pos="0.4 0 0"><joint type="hinge" axis="0 0 1"/><inertial pos="0.15 0 0" mass="1.2" diaginertia="0.01 0.01 0.01"/>
</body></body></worldbody></mujoco>
"""
CART_POLE_XML = """
<mujoco><option integrator="RK4" timestep="{dt}" gravity="0 0 -9.81"><flag contact="disable"/></option><worldbody>
<body><joint type="slide" axis="1 0 0"/><inertial pos="0 0 0" mass="1" diaginertia="1 1 1"/>
<body><joint type="hinge" axis="0 1 0"/><inertial pos="0 0 0.5" mass="0.1" diaginertia="2e-15 2e-15 2e-15"/></body></body>
</worldbody></mujoco>
"""
DT_S, SECONDS = 0.005, 5.0


class Mujoco:
    """A model of MuJoCo whose generalised force `push(qpos, qvel, rotation)` is asked at every stage of a step."""

    def __init__(self, xml, push, dt_s=DT_S):
        import mujoco

        self.mujoco = mujoco
        self.model = mujoco.MjModel.from_xml_string(xml.format(dt=dt_s))
        self.data = mujoco.MjData(self.model)
        self.push = push

    def _callback(self, model, data):
        self.mujoco.mj_kinematics(model, data)
        data.qfrc_applied[:] = self.push(data.qpos, data.qvel, data.xmat[1].reshape(3, 3))

    def run(self, steps, before_step=lambda k: None):
        """Step and return (qpos, qvel) after each step."""
        self.mujoco.set_mjcb_control(self._callback)
        states = []
        try:
            for k in range(steps):
                before_step(k)
                self.mujoco.mj_step(self.model, self.data)
                states.append(np.concatenate([self.data.qpos, self.data.qvel]))
        finally:
            self.mujoco.set_mjcb_control(None)
        return np.array(states)

    def acceleration(self, qpos, qvel):
        self.data.qpos[:], self.data.qvel[:] = qpos, qvel
        self._callback(self.model, self.data)
        self.mujoco.mj_forward(self.model, self.data)
        return self.data.qacc.copy()


# the quadrotor -------------------------------------------------------------------------------------------------


def thrust_and_torque(thrusts):
    wrench = sim.mixer() @ thrusts
    return lambda qpos, qvel, R: np.concatenate([R[:, 2] * wrench[0], wrench[1:]])


def to_mujoco(x):
    """Ours is (p, v, q, ω); MuJoCo's free joint is (p, q | v in the world, ω in the body): the same frames, another order."""
    return np.concatenate([x[:3], x[6:10]]), np.concatenate([x[3:6], x[10:]])


def quadrotor_accelerations():
    rng, worst = np.random.default_rng(0), 0.0
    for _ in range(500):
        thrusts, x = rng.uniform(0, 5, 4), rng.normal(size=13) * 3.0
        x[6:10] /= np.linalg.norm(x[6:10])
        theirs = Mujoco(QUADROTOR_XML, thrust_and_torque(thrusts)).acceleration(*to_mujoco(x))
        dx = sim.QUADROTOR.f(0.0, x, thrusts, sim.QUADROTOR.parameters)
        # angular accelerations reach 400 rad/s²: relative to the largest, so that the bound is rounding
        worst = max(worst, np.abs(np.concatenate([dx[3:6], dx[10:]]) - theirs).max() / np.abs(theirs).max())
    return worst


def quadrotor_plan(steps):
    rng = np.random.default_rng(3)
    x0 = np.zeros(13)
    x0[6], x0[10:] = 1.0, [0.6, -0.4, 0.8]
    return x0, rng.uniform(1.9, 2.1, (steps, 4))


def fly_mujoco(x0, thrusts, dt_s):
    holder = {}
    model = Mujoco(QUADROTOR_XML, lambda *state: holder["push"](*state), dt_s)
    model.data.qpos[:], model.data.qvel[:] = to_mujoco(x0)
    states = model.run(len(thrusts), lambda k: holder.update(push=thrust_and_torque(thrusts[k])))
    return np.hstack([states[:, :3], states[:, 7:10], states[:, 3:7], states[:, 10:]])


def quadrotor_flight(refine=4):
    x0, thrusts = quadrotor_plan(round(SECONDS / DT_S))
    fine = np.repeat(thrusts, refine, axis=0)
    ours = sim.simulate(sim.QUADROTOR, x0, fine, DT_S / refine, len(fine))[1:]
    return np.abs(ours - fly_mujoco(x0, fine, DT_S / refine)).max()


# the plane systems ---------------------------------------------------------------------------------------------


def against(system, xml, inputs, force, x0):
    """Largest state difference over 5 s at 5 ms: hinges and slides add up as ours do, so only rounding is left."""
    ours = sim.simulate(system, x0, inputs, DT_S, len(inputs))[1:]
    holder = {}
    model = Mujoco(xml, lambda qpos, qvel, R: force(qpos, holder["u"]))
    half = len(x0) // 2
    model.data.qpos[:], model.data.qvel[:] = x0[:half], x0[half:]
    theirs = model.run(len(inputs), lambda k: holder.update(u=inputs[k]))
    return np.abs(ours - theirs).max()


def planar_quadrotor():
    p, rng = sim.PLANAR_QUADROTOR.parameters, np.random.default_rng(0)

    def force(qpos, u):
        lift = u.sum()
        return [-lift * np.sin(qpos[2]), lift * np.cos(qpos[2]), p.arm_m * (u[1] - u[0])]

    return against(sim.PLANAR_QUADROTOR, PLANAR_XML, rng.uniform(1.5, 3.4, (1000, 2)), force, np.zeros(6))


def arm_flight():
    rng = np.random.default_rng(2)
    torques = np.repeat(rng.normal(size=(50, 2)) * [3.0, 1.0], 20, axis=0)
    return against(sim.TWO_LINK_ARM, ARM_XML, torques, lambda qpos, u: u, np.array([-1.2, 0.5, 0.0, 0.0]))


def cart_pole_flight():
    forces = 2.0 * np.random.default_rng(4).normal(size=(1000, 1))
    return against(sim.CART_POLE, CART_POLE_XML, forces, lambda qpos, u: [u[0], 0.0], np.array([0.0, 0.3, 0.0, 0.0]))


def arm_torques():
    rng = np.random.default_rng(1)
    model, worst = Mujoco(ARM_XML, lambda qpos, qvel, R: np.zeros(2)), 0.0
    for q, qd, qdd in rng.normal(size=(500, 3, 2)) * [[2.0], [3.0], [10.0]]:
        model.data.qpos[:], model.data.qvel[:], model.data.qacc[:] = q, qd, qdd
        model.mujoco.mj_inverse(model.model, model.data)
        worst = max(worst, np.abs(sim.arm_torque(q, qd, qdd) - model.data.qfrc_inverse).max())
    return worst


def arm_accelerations():
    rng, worst = np.random.default_rng(5), 0.0
    for q, qd, tau in rng.normal(size=(500, 3, 2)) * [[2.0], [3.0], [5.0]]:
        theirs = Mujoco(ARM_XML, lambda qpos, qvel, R, tau=tau: tau).acceleration(q, qd)
        ours = sim.TWO_LINK_ARM.f(0.0, np.concatenate([q, qd]), tau, sim.TWO_LINK_ARM.parameters)[2:]
        worst = max(worst, np.abs(ours - theirs).max() / np.abs(theirs).max())
    return worst


MUJOCO = ("mujoco",)
ROWS = (
    Row("quadrotor, accelerations at 500 random states", "MuJoCo `mj_forward`", "relative", 1e-12, quadrotor_accelerations, MUJOCO),
    Row("quadrotor, 5 s of changing thrusts, 1.25 ms", "MuJoCo, each by its own RK4", "state", 1e-10, quadrotor_flight, MUJOCO),
    Row("the same at 5 ms: truncation", "MuJoCo, each by its own RK4", "state", 1e-7, lambda: quadrotor_flight(refine=1), MUJOCO),
    Row("planar quadrotor, 5 s of random thrusts, 5 ms", "MuJoCo RK4", "state", 1e-10, planar_quadrotor, MUJOCO),
    Row("two-link arm, accelerations at 500 random states", "MuJoCo `mj_forward`", "relative", 1e-12, arm_accelerations, MUJOCO),
    Row("two-link arm, torques of 500 random motions", "MuJoCo `mj_inverse`", "N m", 1e-12, arm_torques, MUJOCO),
    Row("two-link arm, 5 s of changing torques, 5 ms", "MuJoCo RK4", "state", 1e-10, arm_flight, MUJOCO),
    Row("cart-pole, 5 s of random forces, 5 ms", "MuJoCo RK4", "state", 1e-10, cart_pole_flight, MUJOCO),
)  # fmt: skip
