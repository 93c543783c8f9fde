"""Every regular expression of the package takes time in proportion to the text, whatever the text is.

The expressions are collected from the running package, and the texts are made from the expressions: see
`tests.patterns` and `tests.adversary`.
"""

from __future__ import annotations

import ast
import signal
import time
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest

from tests.adversary import hard_texts
from tests.conftest import MODEL
from tests.patterns import Expression, called, expressions, is_searched, modules, written_calls

pytestmark = [
    pytest.mark.skipif(not MODEL.exists(), reason="no model in onrecord/data yet: run `make model`"),
    pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer that interrupts a search"),
]

ROUNDS = ((2_000, 8), (50_000, 1), (1_000_000, 0))
"""Characters of the texts, and how many of them, the slowest, go on to the next round."""
A_CHARACTER = 12e-6
"""Seconds that a character may cost on a slow and busy machine; what is quadratic costs a thousand times that."""
BOUNDED = {
    "annotate/quantities/numbers.py _WORD_BEFORE": 16,
    "annotate/times/scene.py _WORD_BEFORE": 24,
    "read/paged.py _BROKEN": 80,
    "resolve/actors/naming.py _BEFORE": 40,
    "resolve/actors/offices.py _WORD_BEFORE": 120,
    "resolve/actors/offices.py _OF_BEFORE": 120,
}
"""Expressions that are looked for in a few characters only, and how many they are."""


OF_NAMES = {"story/doubts.py fought"}
"""Expressions made of the names in a record, each letter of which stands for itself."""


class TooSlow(Exception):
    """A search that has used up its time."""


@cache
def collected() -> tuple[Expression, ...]:
    return tuple(expressions())


def test_every_expression_in_the_source_was_collected() -> None:
    seen = {site for one in collected() for site in one.sites}
    missed = {site: ast.unparse(call) for site, call in written_calls().items() if site not in seen}
    assert {called(site) for site in missed} <= OF_NAMES, missed


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Ends what uses more processor time than that. The engine looks for signals while it searches."""

    def stop(*_: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def seconds(one: Expression, text: str, is_sought: bool) -> tuple[float, float]:
    """How long it takes to look for all matches, or for one at the beginning: of the processor, and by the clock.

    The first is what counts on a busy machine; the second is finer, and good for telling which text is slowest.
    """
    given: Any = text.encode("latin-1", "replace") if isinstance(one.pattern, bytes) else text
    compiled = one.compiled
    begun, clock = time.process_time(), time.perf_counter()
    try:
        with within(max(2 * A_CHARACTER * len(text), 0.1)):
            if is_sought:
                for _ in compiled.finditer(given):
                    pass
            else:
                compiled.match(given)
    except TooSlow:
        return float("inf"), float("inf")
    return time.process_time() - begun, time.perf_counter() - clock


@pytest.mark.parametrize("module", modules())
def test_time_grows_with_the_text_alone(module: str) -> None:
    ours = [one for one in collected() if one.sites[0].startswith(f"{module}:") and called(one.sites[0]) not in BOUNDED]
    assert [told for told in map(slowness, ours) if told] == []


def test_what_is_bounded_is_still_there() -> None:
    assert set(BOUNDED) <= {called(site) for site in written_calls()}


def slowness(one: Expression) -> str:
    """On which text an expression is slow; nothing if it is slow on none."""
    is_sought = any(map(is_searched, one.sites))
    candidates: Sequence[int] = range(100_000)
    for length, keep in ROUNDS:
        timed = []
        for number, text in numbered(one, length, set(candidates)):
            taken = seconds(one, text, is_sought)
            most = A_CHARACTER * length
            if taken[0] > most and seconds(one, text, is_sought)[0] > most:
                return f"{one.name}: {length} characters {text[:30]!r} … {text[-5:]!r}"
            timed.append((taken[1], number))
        candidates = [number for _, number in sorted(timed)[-keep:]]
    return ""


def numbered(one: Expression, length: int, wanted: Container[int]) -> Iterator[tuple[int, str]]:
    texts = enumerate(hard_texts(one.pattern, one.flags, length))
    return ((number, text) for number, text in texts if number in wanted)
