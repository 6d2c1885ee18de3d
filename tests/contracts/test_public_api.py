"""What every public name promises: a docstring with its parts, an example that runs, the path people import from."""

import doctest
import inspect
import os
import subprocess
import sys
import types

import numpy as np
import pytest

from glideslope import kernels, learn

ROOMS = {
    "glideslope.kernels": kernels,
    "glideslope.learn": learn,
    "glideslope.learn.metrics": learn.metrics,
    "glideslope.learn.splits": learn.splits,
    "glideslope.learn.plot": learn.plot,
}
MEMBERS = [
    pytest.param(room, name, id=f"{room.removeprefix('glideslope.')}.{name}")
    for room, module in ROOMS.items()
    for name in module.__all__
    if not isinstance(getattr(module, name), types.ModuleType)
]


@pytest.mark.parametrize(("room", "name"), MEMBERS)
def test_the_docstring_has_its_parts(room, name):
    member = getattr(ROOMS[room], name)
    doc = inspect.getdoc(member)
    summary = doc.splitlines()[0]
    assert summary.endswith((".", "."))
    assert len(summary) <= 120
    signature = inspect.signature(member)
    if signature.parameters:
        assert "Args:" in doc
        for parameter in signature.parameters:
            assert f"\n    {parameter}: " in doc, f"{parameter} is not described"
    if isinstance(member, type):
        assert "Learned:" in doc or "fit(" in doc or "Args:" in doc
    assert "Example:" in doc
    if name not in ("backend", "use_backend"):
        assert "Source: " in doc


@pytest.mark.parametrize(("room", "name"), MEMBERS)
def test_the_example_runs(room, name):
    member = getattr(ROOMS[room], name)
    names = {n: getattr(ROOMS[room], n) for n in ROOMS[room].__all__} | {"np": np}
    test = doctest.DocTestParser().get_doctest(member.__doc__, names, name, None, 0)
    assert test.examples
    report = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=report.append)
    assert "".join(report) == ""
    if room.endswith("plot"):
        import matplotlib.pyplot

        matplotlib.pyplot.close("all")


@pytest.mark.parametrize(("room", "name"), MEMBERS)
def test_tracebacks_show_the_path_people_import_from(room, name):
    assert getattr(ROOMS[room], name).__module__ == room


@pytest.mark.parametrize("room", ROOMS)
def test_an_unknown_name_is_answered_with_the_known_ones(room):
    assert sorted(ROOMS[room].__all__) == sorted(set(ROOMS[room].__all__))
    with pytest.raises(AttributeError):
        _ = ROOMS[room].no_such_name


PLAIN = {name: value for name, value in os.environ.items() if name != "GLIDESLOPE_CHECK_SHAPES"}
HEAVY = ("sklearn", "scipy", "torch", "jax", "numba", "sympy", "matplotlib")


def test_importing_the_rooms_loads_no_heavy_package():
    code = f"import sys, glideslope.kernels, glideslope.learn; print([m for m in {HEAVY} if m in sys.modules])"
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60, env=PLAIN
    )
    assert answer.stdout == "[]\n"


@pytest.mark.slow
def test_importing_the_rooms_costs_at_most_half_more_than_numpy():
    def cpu_seconds(code):
        probe = f"import time; s = time.process_time(); {code}; print(time.process_time() - s)"
        run = subprocess.run(
            [sys.executable, "-c", probe], capture_output=True, text=True, check=True, timeout=60, env=PLAIN
        )
        return float(run.stdout)

    # interleaved, the best of each: a busy machine only ever makes a run slower
    runs = [(cpu_seconds("import numpy"), cpu_seconds("import glideslope.kernels, glideslope.learn")) for _ in range(5)]
    numpy_alone, ours = np.min(runs, axis=0)
    assert ours <= 1.5 * numpy_alone
