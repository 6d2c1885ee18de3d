"""Controllers and filters the lessons compare learning with: short, classical, hard to beat near their design point.

PD and LQR steer, complementary, Kalman and extended Kalman filters estimate, value iteration plans.
Reach for one of these first; learning has to earn its place beside them.
"""

from glideslope.sim.control.complementary import complementary_filter
from glideslope.sim.control.ekf import beacon_ranges, ekf_correct, ekf_predict_rover
from glideslope.sim.control.kalman import Belief, constant_velocity, kalman_correct, kalman_predict
from glideslope.sim.control.lqr import lqr_gain
from glideslope.sim.control.pd import planar_quadrotor_pd, planar_quadrotor_tilt
from glideslope.sim.control.value_iteration import value_iteration

__all__ = [
    "Belief",
    "beacon_ranges",
    "complementary_filter",
    "constant_velocity",
    "ekf_correct",
    "ekf_predict_rover",
    "kalman_correct",
    "kalman_predict",
    "lqr_gain",
    "planar_quadrotor_pd",
    "planar_quadrotor_tilt",
    "value_iteration",
]
