"""Aircraft and robots that move: small, validated models in SI units, batched, as pure functions f(t, x, u, p).

A `System` holds such a function with the names, units and frames of its states; `simulate` runs it, `jacobians` linearises it.
All of them are models. What each was compared with, and how well it agreed, stands in docs/simulators.md.
"""

from glideslope.sim.aeroplane import AEROPLANE, AeroplaneParameters, aeroplane_modes, level_trim
from glideslope.sim.arm import (
    TWO_LINK_ARM,
    TwoLinkArmParameters,
    arm_energy_J,
    arm_regressor,
    arm_torque,
    elbow_and_tip,
    joint_angles,
)
from glideslope.sim.battery import BATTERY, BatteryParameters, battery_step, open_circuit_V, terminal_V
from glideslope.sim.birds import BirdTracks, bird_tracks
from glideslope.sim.camera import Camera, ground_points, pad_brightness, project, render_pad
from glideslope.sim.cart_pole import CART_POLE, CartPoleParameters, cart_pole_energy_J
from glideslope.sim.craters import CraterViews, crater_map, crater_views
from glideslope.sim.grid_world import GridWorld, grid_world, random_map
from glideslope.sim.integrators import adaptive, euler_step, rk4_step
from glideslope.sim.lander import LANDER, LanderParameters
from glideslope.sim.pendulum import PENDULUM, PendulumParameters, pendulum_energy_J
from glideslope.sim.planar_quadrotor import (
    PLANAR_QUADROTOR,
    PlanarQuadrotorParameters,
    hover_jacobians,
    planar_quadrotor_energy_J,
)
from glideslope.sim.quadrotor import QUADROTOR, QuadrotorParameters, mixer, quadrotor_energy_J
from glideslope.sim.rotations import quaternion_from_euler, quaternion_product, quaternion_rate, rotation_matrix
from glideslope.sim.rover import ROVER, RoverParameters, box_walls, lidar_scan, rover_jacobians
from glideslope.sim.sensors import Sensor, measure
from glideslope.sim.system import Signal, System, jacobians, simulate
from glideslope.sim.trajectories import sine_trajectory

__all__ = [
    "AEROPLANE",
    "BATTERY",
    "CART_POLE",
    "LANDER",
    "PENDULUM",
    "PLANAR_QUADROTOR",
    "QUADROTOR",
    "ROVER",
    "TWO_LINK_ARM",
    "AeroplaneParameters",
    "BatteryParameters",
    "BirdTracks",
    "Camera",
    "CartPoleParameters",
    "CraterViews",
    "GridWorld",
    "LanderParameters",
    "PendulumParameters",
    "PlanarQuadrotorParameters",
    "QuadrotorParameters",
    "RoverParameters",
    "Sensor",
    "Signal",
    "System",
    "TwoLinkArmParameters",
    "adaptive",
    "aeroplane_modes",
    "arm_energy_J",
    "arm_regressor",
    "arm_torque",
    "battery_step",
    "bird_tracks",
    "box_walls",
    "cart_pole_energy_J",
    "crater_map",
    "crater_views",
    "elbow_and_tip",
    "euler_step",
    "grid_world",
    "ground_points",
    "hover_jacobians",
    "jacobians",
    "joint_angles",
    "level_trim",
    "lidar_scan",
    "measure",
    "mixer",
    "open_circuit_V",
    "pad_brightness",
    "pendulum_energy_J",
    "planar_quadrotor_energy_J",
    "project",
    "quadrotor_energy_J",
    "quaternion_from_euler",
    "quaternion_product",
    "quaternion_rate",
    "random_map",
    "render_pad",
    "rk4_step",
    "rotation_matrix",
    "rover_jacobians",
    "simulate",
    "sine_trajectory",
    "terminal_V",
]
