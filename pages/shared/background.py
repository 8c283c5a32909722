"""Work in the background: start, stop, and what came of it. The worker thread never touches Streamlit.

A job lives in the user's session; what it shares with its thread is a small object of its own, so that a thread never
keeps a session alive. A job ends when its ``stop_event`` is set: by its user, or when the session is closed.

Few jobs compute at the same time (``_turns``); the others wait for their turn, and one that only waits for something
gives its turn back.
"""

from __future__ import annotations

import logging
import threading
import uuid
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from logreg_core.errors import LogregError, TrainingError

Outcome = TypeVar("Outcome")

_turns = threading.BoundedSemaphore(2)


@dataclass
class Shared(Generic[Outcome]):
    """What a job and its thread both hold."""

    stop: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)
    has_turn: bool = False
    outcome: Outcome | None = None
    error: LogregError | None = None

    def take_turn(self) -> bool:
        """Wait until this job may compute; False when it was stopped before."""
        while not _turns.acquire(timeout=0.2):
            if self.stop.is_set():
                return False
        self.has_turn = True
        return True

    def give_back_turn(self) -> None:
        """Let others compute."""
        if self.has_turn:
            self.has_turn = False
            _turns.release()


class BackgroundJob(Generic[Outcome]):
    """Work on a thread of its own, started at once. ``stop`` asks it to end and to keep what was reached.

    Parameters
    ----------
    shared : Shared
    work : callable
        Returns the outcome; looks at ``shared.stop``. Must not hold the job.
    name : str
        What the user calls it: "training".
    """

    def __init__(self, shared: Shared[Outcome], work: Callable[[], Outcome], *, name: str) -> None:
        self.identity = uuid.uuid4().hex
        self._ends = shared
        self.thread = threading.Thread(target=_run, args=(shared, work, name), name=name, daemon=True)
        weakref.finalize(self, shared.stop.set)
        self.thread.start()

    @property
    def stop_event(self) -> threading.Event:
        """What ends the work when set; holds nothing of the job."""
        return self._ends.stop

    @property
    def done(self) -> bool:
        """True once the thread has nothing more to do."""
        return self._ends.done.is_set()

    @property
    def outcome(self) -> Outcome | None:
        """The result, once done without an error."""
        return self._ends.outcome

    @property
    def error(self) -> LogregError | None:
        """What went wrong, once done."""
        return self._ends.error

    @property
    def stopping(self) -> bool:
        """True between the wish to stop and the end."""
        return self._ends.stop.is_set() and not self.done

    def wait(self, seconds: float) -> bool:
        """Wait so long at most for the work to end; whether it has."""
        return self._ends.done.wait(seconds)

    def stop(self) -> None:
        """Ask the work to end at the next moment where it can."""
        self._ends.stop.set()


def _run(shared: Shared[Outcome], work: Callable[[], Outcome], name: str) -> None:
    try:
        if shared.take_turn():
            shared.outcome = work()
    except LogregError as error:
        shared.error = error
    except MemoryError:
        shared.error = TrainingError(f"There is not enough memory for this {name}.", remedy="Choose fewer features.")
    except Exception:
        logging.getLogger(__name__).exception("%s failed", name)
        shared.error = TrainingError(
            f"{name.capitalize()} failed.", remedy="Please try other settings, and report this if it stays."
        )
    finally:
        shared.give_back_turn()
        shared.done.set()
