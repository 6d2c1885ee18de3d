"""Simulators against other people's: MuJoCo for the rigid bodies, JSBSim for the aeroplane, SciPy for attitudes."""

import numpy as np
import pytest
from tests.oracles import peer

from glideslope import sim
from glideslope.sim import simulate

QUADROTOR_XML = """
<mujoco><option integrator="RK4" timestep="0.005" gravity="0 0 -9.81"><flag contact="disable"/></option><worldbody>
<body><freejoint/><inertial pos="0 0 0" mass="0.8" diaginertia="0.006 0.006 0.011"/></body></worldbody></mujoco>
"""
PLANAR_XML = """
<mujoco><option integrator="RK4" timestep="0.005" gravity="0 0 -9.81"><flag contact="disable"/></option><worldbody><body>
<joint type="slide" axis="1 0 0"/><joint type="slide" axis="0 0 1"/><joint type="hinge" axis="0 -1 0"/>
<inertial pos="0 0 0" mass="0.5" diaginertia="0.004 0.004 0.004"/></body></worldbody></mujoco>
"""
ARM_XML = """
<mujoco><option gravity="0 -9.81 0"/><worldbody><body><joint type="hinge" axis="0 0 1"/>
<inertial pos="0.2 0 0" mass="2" diaginertia="0.03 0.03 0.03"/><body pos="0.4 0 0"><joint type="hinge" axis="0 0 1"/>
<inertial pos="0.15 0 0" mass="1.2" diaginertia="0.01 0.01 0.01"/></body></body></worldbody></mujoco>
"""
DT_S = 0.005


def mujoco_model(xml):
    mujoco = peer("mujoco")
    model = mujoco.MjModel.from_xml_string(xml)
    return mujoco, model, mujoco.MjData(model)


@pytest.mark.slow
def test_the_planar_quadrotor_flies_as_mujocos_does():
    """5 s of random thrusts: same equations, same method, so only rounding differs."""
    mujoco, model, data = mujoco_model(PLANAR_XML)
    rng = np.random.default_rng(0)
    p, thrusts = sim.PLANAR_QUADROTOR.parameters, rng.uniform(1.5, 3.4, (1000, 2))
    ours = simulate(sim.PLANAR_QUADROTOR, np.zeros(6), thrusts, DT_S, 1000)
    # MuJoCo holds a generalised force over all four stages, so it is handed the force in the body and turned by a callback
    theirs = [np.zeros(6)]

    def push(model, data):
        left, right = thrusts[min(len(theirs) - 1, 999)]
        theta = data.qpos[2]
        data.qfrc_applied[:] = [
            -(left + right) * np.sin(theta),
            (left + right) * np.cos(theta),
            p.arm_m * (right - left),
        ]

    mujoco.set_mjcb_control(push)
    try:
        for _ in range(1000):
            mujoco.mj_step(model, data)
            theirs.append(np.concatenate([data.qpos, data.qvel]))
    finally:
        mujoco.set_mjcb_control(None)
    assert np.abs(ours - theirs).max() < 1e-10


@pytest.mark.slow
def test_the_quadrotor_tumbles_as_mujocos_does():
    """Constant thrusts in the body, 1 s. MuJoCo advances attitude on the sphere, ours in four numbers: both 4th order, so equal to h⁴."""
    mujoco, model, data = mujoco_model(QUADROTOR_XML)
    thrusts = np.array([2.0, 1.98, 2.03, 2.01])
    wrench = sim.mixer() @ thrusts
    x0 = np.zeros(13)
    x0[6], x0[10:] = 1.0, [0.6, -0.4, 0.8]
    data.qvel[3:] = x0[10:]

    def push(model, data):
        mujoco.mj_kinematics(model, data)
        R = data.xmat[1].reshape(3, 3)
        data.qfrc_applied[:3] = R[:, 2] * wrench[0]
        data.qfrc_applied[3:] = wrench[1:]

    mujoco.set_mjcb_control(push)
    try:
        theirs = []
        for _ in range(200):
            mujoco.mj_step(model, data)
            theirs.append(np.concatenate([data.qpos[:3], data.qvel[:3], data.qpos[3:], data.qvel[3:]]))
    finally:
        mujoco.set_mjcb_control(None)
    ours = simulate(sim.QUADROTOR, x0, thrusts, DT_S, 200)[1:]
    assert np.abs(ours - theirs).max() < 1e-6


def test_the_arm_needs_the_torques_mujoco_says():
    mujoco, model, data = mujoco_model(ARM_XML)
    rng = np.random.default_rng(1)
    for q, qd, qdd in rng.normal(size=(500, 3, 2)) * [[2.0], [3.0], [10.0]]:
        data.qpos, data.qvel, data.qacc = q, qd, qdd
        mujoco.mj_inverse(model, data)
        assert np.abs(sim.arm_torque(q, qd, qdd) - data.qfrc_inverse).max() < 1e-12  # torques of 30 N m: rounding


@pytest.mark.slow
def test_the_aeroplane_answers_the_elevator_as_jsbsims_model_does():
    """Same 3-2-1-1 input, thrust as logged: pitch rate and angle of attack within an eighth of their spread for 9 s."""
    peer("jsbsim")
    from glideslope.sim.make import c172_flighttest

    log, _, _ = c172_flighttest.fly_episode(0, c172_flighttest.EPISODES[0], noise=False)
    log = log[:540]
    column = dict(zip(c172_flighttest.CHANNELS, log.T, strict=True))
    x0 = np.array([column["v_m_s"][0], column["alpha_rad"][0], column["q_rad_s"][0], column["theta_rad"][0], 914.0])
    u = np.column_stack([column["elevator_rad"], column["thrust_N"]])
    x = simulate(sim.AEROPLANE, x0, u, 1 / 60, 540)[:-1]
    for name, i in (("alpha_rad", 1), ("q_rad_s", 2)):
        error = np.sqrt(np.mean((x[:, i] - column[name]) ** 2))
        assert error < 0.125 * column[name].std()


def test_modes_of_the_aeroplane_are_those_of_a_light_aeroplane():
    modes = sim.aeroplane_modes(50.0)
    (fast, damped), (slow, lightly) = modes["short period"], modes["phugoid"]
    assert 4.0 < fast < 9.0
    assert 0.4 < damped < 0.9
    # Lanchester: the phugoid of a light aeroplane turns at sqrt(2) g / V, 0.28 rad/s at 50 m/s
    assert abs(slow - np.sqrt(2) * 9.81 / 50.0) < 0.08
    assert 0.0 < lightly < 0.3


def test_attitudes_agree_with_scipy():
    rotation = peer("scipy.spatial.transform").Rotation
    rng = np.random.default_rng(2)
    for roll, pitch, yaw in rng.uniform([-3, -1.5, -3], [3, 1.5, 3], (50, 3)):
        q = sim.quaternion_from_euler(roll, pitch, yaw)
        expected = rotation.from_euler("ZYX", [yaw, pitch, roll])
        assert np.allclose(sim.rotation_matrix(q), expected.as_matrix(), atol=1e-14)
