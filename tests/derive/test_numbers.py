r"""Numbers as texts print them: digits, dots, percent, separators, degrees, and units beside them."""

import pytest

from glideslope.derive import check_document
from glideslope.derive.syntax.units import unit_of


def _statuses(text: str) -> list[str]:
    return [v.status for v in check_document(text, path="n.md").verdicts]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"2^{20} = 1{,}048{,}576", r"2^{20} = 1{,}048{,}577"),
        (r"2^{20} = 1,048,576", r"2^{20} = 1,048,577"),
        (r"2^{20} = 1\,048\,576", r"2^{20} = 1\,048\,577"),
        (r"10^3 = 1{,}000", r"10^4 = 1{,}000"),
        (r"\frac{1}{4} = 25\%", r"\frac{1}{4} = 26\%"),
        (r"\frac{1}{3} = 33\,\%", r"\frac{1}{3} = 34\,\%"),
        (r"\frac{1}{3} = 33.3\,\%", r"\frac{1}{3} = 33.5\,\%"),
        (r"\ln 2 = 0.693\ldots", r"\ln 2 = 0.694\ldots"),
        (r"2 \pi = 6.28", r"2 \pi = 6.29"),
        (r"180^\circ = \pi", r"90^\circ = \pi"),
        (r"\sin 30^{\circ} = \frac{1}{2}", r"\sin 30^{\circ} = \frac{1}{3}"),
        (r"45^\circ = 0.785", r"45^\circ = 0.788"),
    ],
)
def test_a_printed_number_is_its_value_rounded(right: str, wrong: str) -> None:
    assert _statuses(f"$${right}$$") == ["holds"]
    assert _statuses(f"$${wrong}$$") == ["error"]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"e^5 \approx 148", r"e^5 \approx 149"),
        (r"\pi \approx 3.1416", r"\pi \approx 3.1415"),
        (r"1000000000 \cdot \log(1/2) \approx -301029995.6\ldots", r"1000000000 \cdot \log(1/2) \approx -301029995.7\ldots"),
        (r"\ln(1/2) \approx -0.69", r"\ln(1/2) \approx -0.70"),
        (r"1000\,\mathrm{ft} \approx 305\,\mathrm{m}", r"1000\,\mathrm{ft} \approx 315\,\mathrm{m}"),
        (r"100\,\mathrm{kt} \approx 51.4\,\mathrm{m/s}", r"100\,\mathrm{kt} \approx 51.5\,\mathrm{m/s}"),
    ],
)  # fmt: skip
def test_an_approximation_holds_to_the_digits_printed_and_never_alarms(right: str, wrong: str) -> None:
    assert _statuses(f"$${right}$$") == ["holds"]
    assert _statuses(f"$${wrong}$$") == ["skipped"]


@pytest.mark.parametrize(
    ("given", "right", "wrong"),
    [
        ("", r"70\,\mathrm{m/s} = 252\,\mathrm{km/h}", r"70\,\mathrm{m/s} = 250\,\mathrm{km/h}"),
        ("", r"70 \text{ m/s} = 252 \text{ km/h}", r"70 \text{ m/s} = 252 \text{ m}"),
        ("", r"2\,\mathrm{kg} \cdot 3\,\mathrm{m/s^2} = 6\,\mathrm{N}", r"2\,\mathrm{kg} \cdot 3\,\mathrm{m/s^2} = 6\,\mathrm{J}"),
        ("", r"2\,\mathrm{h} = 120\,\mathrm{min}", r"2\,\mathrm{h} = 120\,\mathrm{s}"),
        ("", r"45^\circ = \frac{\pi}{4}\,\mathrm{rad}", r"45^\circ = \frac{\pi}{3}\,\mathrm{rad}"),
        ("", r"3\,\frac{\text{kg}}{\text{m}^3} \cdot 2\,\mathrm{m}^3 = 6\,\mathrm{kg}", r"3\,\frac{\text{kg}}{\text{m}^3} \cdot 2\,\mathrm{m}^2 = 6\,\mathrm{kg}"),
        ("", r"5 \cdot 10^{3}\,\mathrm{Pa} = 5\,\mathrm{kPa}", r"5 \cdot 10^{6}\,\mathrm{Pa} = 5\,\mathrm{kPa}"),
        (r"The mass is $m = 2\,\mathrm{kg}$ and $a = 3\,\mathrm{m/s^2}$.", r"m a = 6\,\mathrm{N}", r"m a^2 = 6\,\mathrm{N}"),
        (r"Let $v = 70\,\mathrm{m/s}$ and $\rho = 1.225\,\mathrm{kg/m^3}$.", r"\frac{1}{2} \rho v^2 = 3001.25\,\mathrm{Pa}", r"\frac{1}{2} \rho v^2 = 6002.5\,\mathrm{Pa}"),
        (r"Let $v = 70\,\mathrm{m/s}$ and $\rho = 1.225\,\mathrm{kg/m^3}$.", r"\frac{1}{2} \rho v^2 = 3001.25", r"\frac{1}{2} \rho v^2 = 3001.75"),
    ],
)  # fmt: skip
def test_units_must_fit_and_a_misfit_is_no_alarm(given: str, right: str, wrong: str) -> None:
    assert _statuses(f"{given} $${right}$$") == ["holds"]
    assert _statuses(f"{given} $${wrong}$$") == ["not-confirmed"]


@pytest.mark.parametrize(
    "latex",
    [
        r"2 \mathrm{N}(0, 1) = q",
        r"3 \text{ in } \mathbb{R}",
        r"x_1 \mathrm{m} = y",
        r"2 \mathrm{T} = z",
        r"20^\circ \mathrm{C} = 293",
        r"3{,}142 = \pi",  # a comma for the point, or for thousands
        r"5 \text{ apples} = 5",
    ],
)
def test_what_may_be_no_unit_and_no_number_gives_no_alarm(latex: str) -> None:
    assert not {"error", "ill-formed", "needs-assumption"} & set(_statuses(f"$${latex}$$"))


def test_units_are_read_with_prefixes_powers_and_slashes() -> None:
    assert unit_of("km/h") == pytest.approx([x / 3.6 for x in unit_of("m/s") or ()])
    assert unit_of("J/(kg\\,K)") == pytest.approx(unit_of("m^2 s^{-2} / K"))
    assert unit_of("N\\cdot m") == pytest.approx(unit_of("J"))
    assert unit_of("hPa") == pytest.approx([100 * x for x in unit_of("Pa") or ()])
    assert [unit_of(x) for x in ("cats", "", "m/", "T", "kkg")] == [None] * 5


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (r"\frac{2}{3} = 0.667", True),
        (r"\frac{2}{3} = 0.666", True),
        (r"\frac{2}{3} = 0.668", False),
        (r"0.9 + 0.1 = 1.0001", False),
        (r"\sin^2 x + \cos^2 x = 1.0001", False),
        (r"(x + 1)^2 - x^2 - 2 x = 1.01", False),
    ],
)
def test_a_printed_number_is_rounded_or_cut_off(claim: str, holds: bool) -> None:
    assert (check_document(f"$${claim}$$\n", path="notes.md").verdicts[-1].status == "holds") is holds
