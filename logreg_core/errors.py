"""The errors a user can cause, each in three parts: what is wrong, where, and what to do about it."""

from __future__ import annotations


class LogregError(ValueError):
    """A problem in what the user gave, told so that they can mend it.

    Parameters
    ----------
    what : str
        What is wrong, as one sentence.
    where : str
        The column, row or cell concerned; empty when the sentence already says it.
    remedy : str
        What the user can do now, as one sentence.

    ``str(error)`` joins the parts that are there; all of it is plain text.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(" ".join(part for part in (what, where, remedy) if part))


class TableError(LogregError):
    """A file or generator setting from which no table can be made.

    ``choices`` are the sheets or files inside, where the user has to say which one is meant. ``is_final`` says that the
    file is no text of rows and cells, so that no choice of how to read it can help.
    """

    def __init__(
        self, what: str, *, where: str = "", remedy: str = "", choices: tuple[str, ...] = (), is_final: bool = False
    ) -> None:
        self.choices = choices
        self.is_final = is_final
        super().__init__(what, where=where, remedy=remedy)

    def retold(self, what: str, *, where: str, remedy: str, choices: tuple[str, ...] = ()) -> TableError:
        """Return the same refusal in other words, with other ``choices`` if there are some."""
        chosen = choices or self.choices
        return TableError(what, where=where, remedy=remedy, choices=chosen, is_final=self.is_final)


class RecipeError(LogregError):
    """Choices of target, features or split that cannot be prepared for training."""


class TrainingError(LogregError):
    """Training settings or training data that no fit can start from."""
