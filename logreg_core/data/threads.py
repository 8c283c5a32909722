"""Jobs done side by side, as far as there are processors for them."""

from __future__ import annotations

import os
from collections import deque
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
    """The present thread and others beside it, for up to ``n_jobs`` jobs; gone when the ``with`` block ends."""

    def __init__(self, n_jobs: int) -> None:
        self._n_others = min(n_jobs, n_threads()) - 1
        self._pool = ThreadPoolExecutor(self._n_others) if self._n_others > 0 else None

    def __enter__(self) -> Threads:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def map(self, function: Callable[[Given], Found], given: Iterable[Given]) -> list[Found]:
        """Return what the function makes of each; what it raises is raised here, and no further job is begun then."""
        jobs = list(given)
        if self._pool is None:
            return list(map(function, jobs))
        waiting = deque(enumerate(jobs))
        found: dict[int, Found] = {}

        def work() -> None:
            while True:
                try:
                    place, job = waiting.popleft()
                except IndexError:
                    return
                try:
                    found[place] = function(job)
                finally:
                    if place not in found:
                        waiting.clear()

        others = [self._pool.submit(work) for _ in range(self._n_others)]
        try:
            work()
        finally:
            waiting.clear()
            for other in others:
                other.result()
        return [found[place] for place in range(len(jobs))]
