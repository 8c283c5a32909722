"""Jobs done side by side, as far as there are processors for them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Given = TypeVar("Given")
Found = TypeVar("Found")

_MOST = 4


def n_threads() -> int:
    """Return how many threads are worth having: one for each processor this process may use, four at most."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, _MOST)


class Threads:
    """Threads for up to ``n_jobs`` jobs, gone when the ``with`` block ends; for one job or processor there are none."""

    def __init__(self, n_jobs: int) -> None:
        n = min(n_jobs, n_threads())
        self._pool = ThreadPoolExecutor(n) if n > 1 else None

    def __enter__(self) -> Threads:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def map(self, function: Callable[[Given], Found], given: Iterable[Given]) -> list[Found]:
        """Return what the function makes of each; what it raises is raised here."""
        return list(map(function, given)) if self._pool is None else list(self._pool.map(function, given))
