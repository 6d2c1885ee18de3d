"""A question: inputs drawn from a seed, and how the answer is judged.

`equal(reference)` compares with what the reference computes; `law(check)` demands a property (rows sum to one, the
gradient equals a central difference) and may call the learner's function as often as it likes.
The same questions serve self-check in the page and grading in the sandbox: only `call` differs.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol, final

import numpy as np

from glideslope.exercise import Text
from glideslope.grade.close import close
from glideslope.grade.diagnose import Near, diagnose
from glideslope.grade.finding import Call, Finding
from glideslope.grade.inputs import Case, Inputs, OneHot
from glideslope.grade.plain import to_plain

__all__ = ["Equal", "Judge", "Law", "Mistake", "Question", "equal", "law", "mistake", "question"]


class Judge(Protocol):
    """Looks at one case: calls the learner's function and returns what is wrong, or None."""

    def __call__(self, call: Call, case: Case, inputs: Inputs) -> Finding | None:
        """Judge one case."""


@dataclass(frozen=True)
class Mistake:
    """What a typical wrong program computes, and what to say to who wrote it."""

    model: Callable[..., Any]
    message: Text


@dataclass(frozen=True)
class Question:
    """One thing the judge asks, worth `points`; examples come first, then `draws` cases from the seed."""

    title: Text
    inputs: Inputs
    judge: Judge
    points: float = 1.0
    draws: int = 3
    examples: tuple[Mapping[str, Any], ...] = ()

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        """Yield the written examples, then drawn cases."""
        yield from self._written
        yield from (self.inputs.draw(rng) for _ in range(self.draws))

    @cached_property
    def _written(self) -> tuple[Case, ...]:
        """The examples, read once: they are the same for everybody."""
        return tuple(self.inputs.example(values) for values in self.examples)


def question(
    en: str,
    zh: str,
    inputs: Inputs,
    judge: Judge,
    *,
    points: float = 1.0,
    draws: int = 3,
    examples: tuple[Mapping[str, Any], ...] = (),
) -> Question:
    """Declare a question with its title in both languages."""
    return Question(Text(en, zh), inputs, judge, points, draws, examples)


def mistake(model: Callable[..., Any], en: str, zh: str) -> Mistake:
    """Declare a typical mistake: a function that computes what the mistaken program would return."""
    return Mistake(model, Text(en, zh))


@final
@dataclass(frozen=True)
class Equal:
    """Compare with a reference, within `rtol` and `atol`; `parts` names the items of a tuple."""

    reference: Callable[..., Any]
    near: Near
    mistakes: tuple[Mistake, ...] = ()
    parts: tuple[str, ...] = ()

    def __call__(self, call: Call, case: Case, inputs: Inputs) -> Finding | None:
        """Judge one case."""
        wanted = self.wanted(case)
        got = call(*case.arguments())
        if not self.parts and _comparable(got, wanted):
            if self.near(got, wanted):
                return None
            found = self._special(got, case, inputs) or self._compare(got, wanted, case)
            assert found is not None
            return Finding(found.code, found.message, got, wanted)
        found = self._compare(got, wanted, case)
        if found is None:
            return None
        special = self._special(got, case, inputs) or found
        if found.part:
            position = self.parts.index(found.part)
            got, wanted = got[position], wanted[position]
        return Finding(special.code, special.message, got, wanted, part=found.part)

    def _special(self, got: Any, case: Case, inputs: Inputs) -> Finding | None:
        return self._known_mistake(got, case) or self._wrong_axis(got, case, inputs)

    def wanted(self, case: Case) -> Any:
        """Return what the reference computes."""
        return to_plain(case.given_to(self.reference))

    def _compare(self, got: Any, wanted: Any, case: Case) -> Finding | None:
        span = _span(case)
        if not self.parts:
            return diagnose(got, wanted, self.near, case.sizes, span)
        if not isinstance(got, list) or len(got) != len(self.parts):
            return _not_the_parts(got, self.parts)
        for name, mine, theirs in zip(self.parts, got, wanted, strict=True):
            found = diagnose(mine, theirs, self.near, case.sizes, span)
            if found is not None:
                message = Text(f"`{name}`: {found.message.en}", f"`{name}`：{found.message.zh}")
                return Finding(f"{name} {found.code}", message, part=name)
        return None

    def _same(self, got: Any, modelled: Any) -> bool:
        if self.parts:
            return isinstance(got, list) and len(got) == len(modelled) and all(map(self._alike, got, modelled))
        return self._alike(got, modelled)

    def _alike(self, got: Any, modelled: Any) -> bool:
        if not isinstance(got, bool | int | float | np.ndarray | list) or np.shape(got) != np.shape(modelled):
            return False
        return np.asarray(got).dtype.kind in "fiub" and self.near(np.asarray(got), modelled)

    def _known_mistake(self, got: Any, case: Case) -> Finding | None:
        for index, known in enumerate(self.mistakes):
            modelled = to_plain(case.given_to(known.model))
            if self._same(got, modelled) and _has_numbers(modelled):
                broken = "" if np.isfinite(_flat(got)).all() else " nan"
                return Finding(f"mistake {index}{broken}", known.message)
        return None

    def _wrong_axis(self, got: Any, case: Case, inputs: Inputs) -> Finding | None:
        """Would the answer be right for the transposed inputs? Then it worked along the wrong axis."""
        shapes = {np.shape(value) for value in case.values.values()}
        if self.parts or len(shapes) != 1 or len(next(iter(shapes))) != 2:
            return None
        if any(isinstance(kind, OneHot) for kind in inputs.kinds.values()):
            return None
        turned = np.asarray(self.reference(*(value.T.copy() for value in case.arguments())))
        if turned.ndim != 2 or not self._same(got, turned.T):
            return None
        return Finding(
            "axis",
            Text(
                "It works along the wrong axis: down the columns instead of along the rows.",
                "沿错了轴：应该逐行计算，你是逐列算的。",
            ),
        )


def equal(
    reference: Callable[..., Any],
    *mistakes: Mistake,
    rtol: float = 1e-7,
    atol: float = 1e-9,
    parts: tuple[str, ...] = (),
) -> Equal:
    """Judge by comparing with `reference`; known mistakes are recognised before the general diagnosis."""
    return Equal(reference, close(rtol, atol), mistakes, parts)


@final
@dataclass(frozen=True)
class Law:
    """Demand a property: `check(call, *arguments)` returns whether it holds."""

    check: Callable[..., bool]
    message: Text
    wanted: str
    code: str = field(default="law")

    def __call__(self, call: Call, case: Case, inputs: Inputs) -> Finding | None:
        """Judge one case; an answer the law cannot even be computed from does not satisfy it."""
        kept: list[Any] = []

        def keep(*arguments: Any) -> Any:
            kept.append(call(*arguments))
            return kept[-1]

        try:
            holds = bool(self.check(keep, *case.arguments()))
        except (TypeError, ValueError, IndexError, KeyError, AttributeError):
            holds = False
        if holds:
            return None
        return Finding(self.code, self.message, kept[0] if kept else None, None, self.wanted)


def law(check: Callable[..., bool], en: str, zh: str, *, wanted: str) -> Law:
    """Judge by a property; `wanted` says it in symbols, for the counterexample."""
    return Law(check, Text(en, zh), wanted)


def _comparable(got: Any, wanted: Any) -> bool:
    """Whether both are real arrays of one shape: then `diagnose` would ask the comparator first, too."""
    return (
        isinstance(got, np.ndarray)
        and isinstance(wanted, np.ndarray)
        and got.shape == wanted.shape
        and got.dtype.kind in "fi"
        and wanted.dtype.kind in "fi"
    )


def _span(case: Case) -> tuple[float, float]:
    arrays = [np.asarray(value) for value in case.values.values()]
    numbers = [array for array in arrays if array.size and array.dtype.kind in "fiu"]
    if not numbers:
        return 0.0, 0.0
    return min(float(array.min()) for array in numbers), max(float(array.max()) for array in numbers)


def _has_numbers(modelled: Any) -> bool:
    """A model that gives nothing but nan or inf explains no particular mistake."""
    return bool(np.isfinite(_flat(modelled)).any())


def _flat(value: Any) -> np.ndarray:
    parts = value if isinstance(value, list) else [value]
    return np.concatenate([np.ravel(np.asarray(part, dtype=float)) for part in parts])


def _not_the_parts(got: Any, parts: tuple[str, ...]) -> Finding:
    names = ", ".join(parts)
    if got is None:
        return Finding(
            "none", Text("It returns nothing: is the `return` missing?", "它什么也没有返回：是不是漏了 `return`？")
        )
    count = len(got) if isinstance(got, list) else 1
    return Finding(
        "parts",
        Text(
            f"It returns {count} value{'s' * (count != 1)} instead of {len(parts)}: {names}.",
            f"它返回了 {count} 个值，应当返回 {len(parts)} 个：{names}。",
        ),
    )
