"""Measure every row of the validation table: `python -m bench.validation`, half a minute.

Writes bench/results/validation.json and the table between the two markers of docs/simulators.md. `--table` only writes the table.
"""

import json
import sys
from pathlib import Path

from bench.validation_rows import all_rows

ROOT = Path(__file__).resolve().parents[1]
RESULT, PAGE = ROOT / "bench" / "results" / "validation.json", ROOT / "docs" / "simulators.md"
BEGIN, END = "<!-- validation: made by `python -m bench.validation` -->", "<!-- end of validation -->"


def main():
    if "--table" not in sys.argv:
        rows = [measured(row) for row in all_rows()]
        RESULT.write_text(json.dumps({"rows": rows}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(with_table(page, json.loads(RESULT.read_text(encoding="utf-8"))["rows"]), encoding="utf-8")


def measured(row):
    value = float(f"{row.measure():.1e}")
    print(f"{value:8.1e}  (bound {row.bound:g})  {row.what}", flush=True)
    return {"what": row.what, "against": row.against, "unit": row.unit, "measured": value, "bound": row.bound}


def with_table(page, rows):
    """Return the page with the table between its markers made anew."""
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}\n{table(rows)}\n{END}{rest.split(END)[1]}"


def table(rows):
    lines = ["| what | compared with | largest difference | bound |", "|---|---|---|---|"]
    for row in rows:
        unit = "" if row["unit"] in ("1", "state", "entry") else f" {row['unit']}"
        lines.append(f"| {row['what']} | {row['against']} | {row['measured']:.2g}{unit} | {row['bound']:g} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
