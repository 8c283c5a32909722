"""One thread for matrix products while something is trained.

NumPy's matrix products start threads of their own. The blocks of one epoch are so short that waiting for each other
costs these threads what they gain on an idle machine; on a busy one, such as a shared server, an epoch takes many times
as long. The number of threads belongs to the process and not to a fit, so fits that overlap share one limit: the first
sets it, and the last to end takes it back.
"""

from __future__ import annotations

import sys
from threading import Lock
from types import TracebackType
from typing import Any

WITH_LIBRARIES = ("numpy", "scipy.linalg", "sklearn", "torch", "numba")
"""Modules that load a library for matrix products, or threads for it, of their own."""


class _OneThread:
    """A context manager that may be entered by several threads at once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._inside = 0
        self._limit: Any = None
        self._known: tuple[tuple[bool, ...], Any] | None = None

    def __enter__(self) -> None:
        with self._lock:
            if self._inside == 0:
                self._limit = self._libraries().limit(limits=1, user_api="blas")
            self._inside += 1

    def _libraries(self) -> Any:
        """Return the loaded libraries, looked for only when there may be more: it takes as long as a small fit."""
        from threadpoolctl import ThreadpoolController

        loaded = tuple(name in sys.modules for name in WITH_LIBRARIES)
        if self._known is None or self._known[0] != loaded:
            self._known = loaded, ThreadpoolController()
        return self._known[1]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with self._lock:
            self._inside -= 1
            if self._inside == 0:
                self._limit.restore_original_limits()
                self._limit = None


one_blas_thread = _OneThread()
