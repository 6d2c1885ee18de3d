r"""The named laws: log-density, support and parameters of $\mathcal{N}(\mu, \sigma^2)$, $\mathrm{Bin}(n, p)$, $\mathrm{Gam}(a, b)$ …

A density is a formula like any other: slopes pass through it. Where books differ (rate or scale, failures or trials),
a family has several conventions, and the text decides which one it means.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from glideslope.derive.evaluation.numbers import DomainError, apply, real
from glideslope.derive.laws.gammas import log_gamma

__all__ = ["FAMILIES", "Family", "family_named"]

INF = math.inf


@dataclass(frozen=True)
class Family:
    """One law. `conventions` name the readings of its parameters; `plain` turns them into those of the formula."""

    name: str
    counts: tuple[int, ...]
    log_density: Callable[..., Any]
    support: Callable[..., tuple[float, float]]
    discrete: bool = False
    conventions: tuple[str, ...] = ("",)
    plain: Callable[..., tuple[Any, ...]] = lambda _, *p: p
    roles: tuple[str, ...] = ()  # what each parameter is, for the samples: positive, unit, whole


def _log(x: Any) -> Any:
    return apply("log", x)


def _positive(*values: Any) -> None:
    if any(real(v) <= 0 for v in values):
        raise DomainError("a parameter of a law outside its range")


def _unit(p: Any) -> None:
    if not 0 < real(p) < 1:
        raise DomainError("a probability outside (0, 1)")


def _whole(n: Any) -> int:
    if real(n) != int(real(n)) or real(n) < 1:
        raise DomainError("a number of trials that is not whole")
    return int(real(n))


def _normal(x: Any, mean: Any, variance: Any) -> Any:
    _positive(variance)
    return -0.5 * _log(2 * math.pi * variance) - (x - mean) * (x - mean) / (2 * variance)


def _gamma(x: Any, shape: Any, rate: Any) -> Any:
    _positive(shape, rate)
    return shape * _log(rate) - log_gamma(shape) + (shape - 1) * _log(x) - rate * x


def _beta(x: Any, a: Any, b: Any) -> Any:
    _positive(a, b)
    return (a - 1) * _log(x) + (b - 1) * _log(1 - x) + log_gamma(a + b) - log_gamma(a) - log_gamma(b)


def _student(x: Any, mean: Any, scale: Any, degrees: Any) -> Any:
    _positive(scale, degrees)
    spread = _log(1 + (x - mean) * (x - mean) / (degrees * scale))
    return (
        log_gamma((degrees + 1) / 2)
        - log_gamma(degrees / 2)
        - 0.5 * _log(degrees * math.pi * scale)
        - (degrees + 1) / 2 * spread
    )


def _laplace(x: Any, mean: Any, scale: Any) -> Any:
    _positive(scale)
    return -_log(2 * scale) - apply("abs", x - mean) / scale


def _fisher(x: Any, a: Any, b: Any) -> Any:
    _positive(a, b)
    front = log_gamma((a + b) / 2) - log_gamma(a / 2) - log_gamma(b / 2) + a / 2 * _log(a / b)
    return front + (a / 2 - 1) * _log(x) - (a + b) / 2 * _log(1 + a * x / b)


def _wald(x: Any, drift: Any, threshold: Any) -> Any:
    _positive(drift, threshold)
    gap = threshold - drift * x
    return _log(threshold) - 0.5 * _log(2 * math.pi * x * x * x) - gap * gap / (2 * x)


def _uniform(x: Any, a: Any, b: Any) -> Any:
    _positive(b - a)
    return -_log(b - a)


def _bernoulli(x: Any, p: Any) -> Any:
    _unit(p)
    return x * _log(p) + (1 - x) * _log(1 - p)


def _binomial(x: Any, n: Any, p: Any) -> Any:
    n = _whole(n)
    return log_gamma(n + 1) - log_gamma(x + 1) - log_gamma(n - x + 1) + x * _log(p) + (n - x) * _log(1 - p)


def _poisson(x: Any, rate: Any) -> Any:
    _positive(rate)
    return x * _log(rate) - rate - log_gamma(x + 1)


def _geometric(x: Any, p: Any, first: Any) -> Any:
    _unit(p)
    return _log(p) + (x - first) * _log(1 - p)


def _few(x: Any, a: Any, b: Any) -> Any:
    """A discrete uniform law."""
    _positive(b - a + 1)
    return -_log(b - a + 1)


def _by_lot(x: Any, place: Any, width: Any, lean: Any) -> Any:
    """A law that is none of those with a name: half of a normal one, half of a skewed one (Gumbel's)."""
    scale = apply("sqrt", apply("abs", width))
    z = (x - place) / scale
    total = 0.5 * apply("exp", -0.5 * (z - lean) * (z - lean)) / math.sqrt(2 * math.pi)
    if real(z) > -5:
        total = total + 0.5 * apply("exp", -z - apply("exp", -z))
    return _log(total / scale) if real(total) > 0 else -700.0


#: the values of a discrete law by lot
LOT = range(-2, 4)


def _lots(x: Any, *parameters: Any) -> Any:
    weight = [apply("sin", parameters[0] + k * parameters[1]) + 0.3 * parameters[2] * k for k in LOT]
    return weight[int(real(x)) - LOT[0]] - _log(sum([apply("exp", w) for w in weight]))


def _ends(a: Any, b: Any) -> tuple[float, float]:
    return real(a), real(b)


def _always(low: float, high: float) -> Callable[..., tuple[float, float]]:
    return lambda *_: (low, high)


_LINE, _HALF, _UNIT = _always(-INF, INF), _always(0.0, INF), _always(0.0, 1.0)
_RATES = ("rate", "scale")


def _rated(convention: str, *p: Any) -> tuple[Any, ...]:
    return (*p[:-1], 1 / p[-1]) if convention == "scale" else p


def _spread(convention: str, mean: Any, spread: Any) -> tuple[Any, ...]:
    return mean, spread * spread if convention == "deviation" else spread


def _t(_: str, *p: Any) -> tuple[Any, ...]:
    return p if len(p) == 3 else (0.0, 1.0, *p)


def _started(convention: str, p: Any) -> tuple[Any, ...]:
    return p, 0 if convention == "failures" else 1


def _drifting(convention: str, a: Any, b: Any) -> tuple[Any, ...]:
    """Wald(γ, α) by drift and threshold, or by mean μ and shape λ: α = √λ, γ = √λ / μ."""
    if convention == "drift":
        return a, b
    _positive(a, b)
    root = apply("sqrt", b)
    return root / a, root


FAMILIES = {f.name: f for f in (
    Family("normal", (2,), _normal, _LINE, conventions=("variance", "deviation"), plain=_spread, roles=("", "positive")),
    Family("log-normal", (2,), lambda x, *p: _normal(_log(x), *p) - _log(x), _HALF,
           conventions=("variance", "deviation"), plain=_spread, roles=("", "positive")),
    Family("exponential", (1,), lambda x, rate: _log(rate) - rate * x, _HALF, conventions=_RATES, plain=_rated, roles=("positive",)),
    Family("gamma", (2,), _gamma, _HALF, conventions=_RATES, plain=_rated, roles=("positive", "positive")),
    Family("beta", (2,), _beta, _UNIT, roles=("positive", "positive")),
    Family("chi-squared", (1,), lambda x, k: _gamma(x, k / 2, 0.5), _HALF, roles=("positive",)),
    Family("t", (1, 3), _student, _LINE, plain=_t),
    Family("F", (2,), _fisher, _HALF, roles=("positive", "positive")),
    Family("Laplace", (2,), _laplace, _LINE, roles=("", "positive")),
    Family("Wald", (2,), _wald, _HALF, conventions=("drift", "mean"), plain=_drifting, roles=("positive", "positive")),
    Family("continuous uniform", (2,), _uniform, _ends),
    Family("discrete uniform", (2,), _few, _ends, discrete=True, roles=("whole", "whole")),
    Family("Bernoulli", (1,), _bernoulli, _UNIT, discrete=True, roles=("unit",)),
    Family("binomial", (2,), _binomial, lambda n, _: (0.0, float(_whole(n))), discrete=True, roles=("whole", "unit")),
    Family("Poisson", (1,), _poisson, _HALF, discrete=True, roles=("positive",)),
    Family("geometric", (1,), _geometric, lambda _, first: (float(first), INF), discrete=True,
           conventions=("failures", "trials"), plain=_started, roles=("unit",)),
    Family("continuous by lot", (3,), _by_lot, _LINE),
    Family("discrete by lot", (3,), _lots, _always(float(LOT[0]), float(LOT[-1])), discrete=True),
)}  # fmt: skip

#: how a law is written after `\sim`, or as a function, fonts left out
WRITTEN = {
    "normal": ("N", "Norm", "Normal", "Gaussian", "Gauss"),
    "log-normal": ("\\lnN", "\\logN", "lnN", "LogNormal", "Lognormal", "LN", "LogN"),
    "exponential": ("Exp", "Expon", "Exponential"),
    "gamma": ("Gam", "Gamma", "Ga"),
    "beta": ("Bet", "Beta", "Be"),
    "chi-squared": ("\\chi^2", "chi2", "Chi2"),
    "t": ("t", "nst", "St", "Student"),
    "F": ("F",),
    "Laplace": ("Lap", "Laplace"),
    "Wald": ("Wald", "InvGauss"),
    "uniform": ("U", "Unif", "Uniform"),
    "continuous uniform": ("CU",),
    "discrete uniform": ("DU",),
    "Bernoulli": ("Bern", "Bernoulli", "Ber"),
    "binomial": ("Bin", "Binomial", "Binom"),
    "Poisson": ("Poiss", "Poisson", "Pois", "Po"),
    "geometric": ("Geom", "Geometric", "Geo"),
    "multinomial": ("Mult", "Multinomial"),
}
_BY_NAME = {name: family for family, names in WRITTEN.items() for name in names}


def family_named(name: str) -> str:
    """The law behind a name such as `cal:N` or `rm:Bern`; empty when it is none."""
    return _BY_NAME.get(name.split(":")[-1], "")
