"""How a run ended; the value of each status is the sentence the user reads."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """How a run ended, and what to do about it.

    ``run`` gives all but six: PAUSED, of a ``RunLoop`` that was left and can be gone on with; JUMPING and HOVERING,
    which ``train`` makes of a limit reached with a cost that rises again, with all rows at once and in batches;
    STALLED, which ``solve`` makes of a solver that ends by itself before it is finished; and the last two, verdicts on
    the columns by those who look at them (``find_separation``, ``find_aliased``) and name them.
    """

    CONVERGED = "Finished: the cost has reached its lowest point."
    EPOCH_LIMIT = "Not finished: all epochs are used and the cost is not yet at its lowest. Allow more epochs to go on."
    JUMPING = "Not finished: the cost jumps up and down. More epochs will not help; choose a smaller learning rate."
    HOVERING = "Not finished: in small batches the cost hovers above its lowest point. More epochs will hardly help."
    STALLED = "Not quite finished, but more steps will not help: no further one lowers the cost. Scaling columns may."
    STOPPED = "Stopped by you: what was learned so far is kept. On the Train page, “To the end” goes on from here."
    PAUSED = "Paused: this is how far training has come. It can go on from here, step by step or to the end."
    OUT_OF_TIME = (
        "Stopped: the time allowed is used up. What was learned so far is kept. Fewer rows or columns are faster."
    )
    DIVERGED = "The cost grew instead of falling: do not use these weights. Choose a smaller learning rate."
    SEPARATED = (
        "Without an end: some columns tell the class of some rows with certainty, so their weights would grow forever."
    )
    RANK_DEFICIENT = "Finished, but some columns repeat what others say. Those were left out: their weights are 0."
