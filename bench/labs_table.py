"""Render bench/results/labs.json as a table beside the figures of the trial that came before the project.

A list of dictionaries, one for each seed, becomes mean ± standard deviation; nested dictionaries become "name value" pairs.
`TRIAL` quotes the trial, `WHY` says why ours differ: written by hand, everything else comes from the results.
"""

from pathlib import Path

import numpy as np

from bench.labs_trial import TRIAL, WHY

TABLE = Path(__file__).parent / "results" / "labs.md"


def write_table(results, names):
    TABLE.write_text(table_text(results, names), encoding="utf-8")


def table_text(results, names):
    lines = [
        "# Reference experiments",
        "",
        "Made by `python -m bench.labs` from `labs.json`; ± is the standard deviation over seeds.",
        "The trial column quotes earlier experiments on other flights, scenes and draws: a target, not a standard.",
    ]
    for name in names:
        if name in results or name in TRIAL:
            lines += ["", *experiment_table(name, results.get(name, {"figures": {}}))]
    return "\n".join(lines) + "\n"


def experiment_table(name, result):
    took = f" ({result['seconds']:g} s)" if "seconds" in result else ""
    rows = [f"## {name}{took}", "", "| row | measured | trial |", "|---|---|---|"]
    trial = TRIAL.get(name, {})
    rows += [f"| {key} | {shown(value)} | {trial.get(key, '')} |" for key, value in result["figures"].items()]
    rows += [f"| {key} | not measured yet | {trial[key]} |" for key in trial if key not in result["figures"]]
    return rows + (["", f"*{WHY[name]}*"] if name in WHY and took else [])


def shown(value):
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return ", ".join(f"{key} {spread([row[key] for row in value])}" for key in value[0] if key != "seed")
    if isinstance(value, list) and value and all(isinstance(v, int | float) for v in value):
        return spread(value)
    if isinstance(value, dict) and "std" in value:
        first, *rest = [key for key in value if key != "std"]
        unit = "" if first == "mean" else f"{first} "
        pair = f"{number(value[first])} ± {number(value['std'])}"
        return unit + pair + "".join(f", {key} {number(value[key])}" for key in rest)
    if isinstance(value, dict):
        return "; ".join(
            f"{key} ({shown(part)})" if isinstance(part, dict) and "std" not in part else f"{key} {shown(part)}"
            for key, part in value.items()
        )
    return number(value)


def spread(values):
    if any(not isinstance(v, int | float) for v in values):
        return ", ".join(map(number, values))
    return f"{np.mean(values):.3g} ± {np.std(values):.2g}" if np.ptp(values) else number(values[0])


def number(value):
    if value is None:
        return "–"
    if isinstance(value, list):
        return "/".join(map(number, value))
    return f"{value:.4g}" if isinstance(value, float) else str(value)
