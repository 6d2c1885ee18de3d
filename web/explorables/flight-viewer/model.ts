// The planar quadrotor of `glideslope.sim` and its pilots, step by step as Python flies them: x right, z up, θ counter-clockwise.
import { clamp } from "../../kit/scale.ts";

/** x, z, θ, x', z', θ' in m, rad and s. */
export type Flight = readonly [number, number, number, number, number, number];
/** Thrusts of the left and the right rotor, N. */
export type Thrusts = readonly [number, number];
export type Pilot = "pd" | "pid" | "you";

export const MASS_KG = 0.5;
export const ARM_M = 0.15;
const INERTIA_KG_M2 = 0.004;
export const G_M_S2 = 9.81;
export const THRUST_MAX_N = 4.905;
/** The lift that holds the height; half of what the two rotors can. */
export const WEIGHT_N = MASS_KG * G_M_S2;
export const DRAG_N_S_M = 0.25;
export const DT_S = 0.02;
const MEMORY_PER_S = 0.9; // how fast the pilot with a memory shifts the point it aims at
const MEMORY_MOST_M = 2;

/** The derivative of a flight in a wind along x. */
export function dynamics([, , theta, vx, vz, turn]: Flight, [left, right]: Thrusts, wind_m_s: number): Flight {
  const lift = (left + right) / MASS_KG;
  const drag = DRAG_N_S_M / MASS_KG;
  return [vx, vz, turn, -lift * Math.sin(theta) + drag * (wind_m_s - vx), lift * Math.cos(theta) - G_M_S2 - drag * vz, ((right - left) * ARM_M) / INERTIA_KG_M2];
}

/** One step of the classical Runge–Kutta method; thrusts are held. */
export function rk4(x: Flight, u: Thrusts, wind_m_s: number, h = DT_S): Flight {
  const k1 = dynamics(x, u, wind_m_s);
  const k2 = dynamics(along(x, k1, h / 2), u, wind_m_s);
  const k3 = dynamics(along(x, k2, h / 2), u, wind_m_s);
  const k4 = dynamics(along(x, k3, h), u, wind_m_s);
  return x.map((value, i) => value + (h / 6) * (at(k1, i) + 2 * at(k2, i) + 2 * at(k3, i) + at(k4, i))) as unknown as Flight;
}

function along(x: Flight, k: Flight, h: number): Flight {
  return x.map((value, i) => value + h * at(k, i)) as unknown as Flight;
}

function at(values: readonly number[], i: number): number {
  return values[i] ?? 0;
}

/** Thrusts that turn the body to a tilt and pull with a lift; the torque comes first. */
export function tilt([, , theta, , , turn]: Flight, tilt_rad: number, lift_N: number): Thrusts {
  const error = Math.atan2(Math.sin(tilt_rad - theta), Math.cos(tilt_rad - theta));
  const wanted = ((0.5 * INERTIA_KG_M2) / ARM_M) * (120 * error - 18 * turn);
  const half = clamp(wanted, -0.5 * THRUST_MAX_N, 0.5 * THRUST_MAX_N);
  const lift = clamp(0.5 * lift_N, Math.abs(half), THRUST_MAX_N - Math.abs(half));
  return [lift - half, lift + half];
}

/** What the position loop asks of the tilt loop: a tilt in rad and a lift in N. */
export function wish([x, z, theta, vx, vz]: Flight, [targetX, targetZ]: readonly [number, number]): [number, number] {
  const ax = clamp(3 * clamp(targetX - x, -2, 2) - 3.2 * vx, -G_M_S2, G_M_S2);
  const az = clamp(3 * clamp(targetZ - z, -2, 2) - 3.2 * vz + G_M_S2, 0.2 * G_M_S2, 2 * G_M_S2);
  return [Math.atan2(-ax, az), MASS_KG * Math.max(-Math.sin(theta) * ax + Math.cos(theta) * az, 0)];
}

/** Everything that one moment of a run holds. */
export interface Moment {
  x: Flight;
  /** What the pilot with a memory adds to the target, m. */
  memory: readonly [number, number];
  u: Thrusts;
}

/** What is asked of the pilot. */
export interface Order {
  pilot: Pilot;
  target: readonly [number, number];
  /** Tilt (rad) and lift (N) of the stick when you fly. */
  stick: readonly [number, number];
  wind: number;
}

/** The tilt (rad) and lift (N) that the pilot commands now: the place of the stick. */
export function command({ x, memory }: Moment, { pilot, target, stick }: Order): readonly [number, number] {
  if (pilot === "you") return stick;
  return wish(x, pilot === "pid" ? [target[0] + memory[0], target[1] + memory[1]] : target);
}

/** Flies one step of 0.02 s. */
export function fly(now: Moment, order: Order): Moment {
  const { x, memory } = now;
  const { pilot, target, wind } = order;
  const [tilt_rad, lift_N] = command(now, order);
  const u = tilt(x, tilt_rad, lift_N);
  const grown = (k: 0 | 1): number => clamp(memory[k] + MEMORY_PER_S * DT_S * clamp(target[k] - x[k], -1, 1), -MEMORY_MOST_M, MEMORY_MOST_M);
  return { x: rk4(x, u, wind), memory: pilot === "pid" ? [grown(0), grown(1)] : [0, 0], u };
}

/** Hovering at a place. */
export function hover(x: number, z: number): Moment {
  return { x: [x, z, 0, 0, 0, 0], memory: [0, 0], u: [WEIGHT_N / 2, WEIGHT_N / 2] };
}
