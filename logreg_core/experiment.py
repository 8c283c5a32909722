"""A set-up that can be sent as a link: where the table comes from, the recipe, the training settings; never data.

A link is read by people too, so every choice that is not the usual one is a parameter of its own:

    data=moons&data.noise=0.3&recipe.target=class&recipe.positive=orange&recipe.features=["x1","x2"]&train.max_iter=50

What is not there has its usual value, so who changes a usual value changes what links mean that were sent before. An
upload is named by the first characters of its fingerprint: the link opens where the same file is uploaded.

What comes from a link is checked like anything that a user types: types here, ranges by the choices themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import urlencode

import pandas as pd

from logreg_core.data import KINDS, SAMPLES, GeneratorSpec, Table, generate, load_sample
from logreg_core.errors import LogregError
from logreg_core.features import Recipe, find_targets, targets_after
from logreg_core.link_values import read, written
from logreg_core.training import TrainSettings

SCHEMA = 1
LONGEST_LINK = 6000
"""Characters of the query: what every browser and most servers take with room to spare."""
UPLOAD = "file-"
_FINGERPRINT_SIGNS = 16
_ADDED_BY_OTHERS = ("embed", "utm_", "fbclid", "gclid", "msclkid", "mc_", "ref", "source", "_")
_AGAIN = "Ask for the link again, or choose everything in the app."


class ExperimentError(LogregError):
    """A link, or a saved set-up, that does not say what can be opened."""


@dataclass(frozen=True)
class Source:
    """Where a table comes from: exactly one of the three is given.

    Attributes
    ----------
    sample : str
        A key of ``SAMPLES``.
    generator : GeneratorSpec or None
    upload : str
        First 16 characters of the fingerprint of an uploaded table.
    """

    sample: str = ""
    generator: GeneratorSpec | None = None
    upload: str = ""

    def validate(self) -> None:
        """Raise ExperimentError when it names no table."""
        if sum((bool(self.sample), self.generator is not None, bool(self.upload))) != 1:
            raise ExperimentError("This set-up names no table, or more than one.", remedy=_AGAIN)
        if self.sample and self.sample not in SAMPLES:
            there_are = f"There are the samples {', '.join(SAMPLES)} and the shapes {', '.join(KINDS)}."
            raise ExperimentError(f"There is no sample called “{self.sample[:60]}”.", remedy=f"{there_are} {_AGAIN}")
        if self.generator is not None:
            self.generator.validate()
        if self.upload and not _is_fingerprint(self.upload):
            raise ExperimentError("This set-up names its file in a way that is not known here.", remedy=_AGAIN)

    def fits(self, table: Table | None) -> bool:
        """Whether ``table`` is the one meant."""
        if table is None:
            return False
        if self.upload:
            return table.origin is None and table.fingerprint.startswith(self.upload)
        return source_of(table) == self

    def table(self) -> Table | None:
        """Make the table; None for an upload, which only the user has."""
        if self.sample:
            return load_sample(self.sample)
        return generate(self.generator) if self.generator is not None else None


def source_of(table: Table) -> Source:
    """Say where an open table comes from."""
    if table.origin is None:
        return Source(upload=table.fingerprint[:_FINGERPRINT_SIGNS])
    kind, value = table.origin
    return Source(sample=str(value)) if kind == "sample" else Source(generator=GeneratorSpec.from_dict(value))


@dataclass(frozen=True)
class Experiment:
    """All that is needed to stand where somebody else stood before pressing Train.

    Attributes
    ----------
    source : Source
    recipe : Recipe or None
        None for the choices that the table comes with.
    settings : TrainSettings or None
        None for those that are chosen already.
    """

    source: Source
    recipe: Recipe | None = None
    settings: TrainSettings | None = None

    def validate(self) -> None:
        """Raise LogregError on the first value that nothing can start with."""
        self.source.validate()
        if self.recipe is not None:
            self.recipe.validate()
        elif self.source.upload:
            raise ExperimentError("This set-up for an uploaded file does not say what to predict.", remedy=_AGAIN)
        if self.settings is not None:
            self.settings.validate()

    def check_columns(self, frame: pd.DataFrame) -> None:
        """Raise ExperimentError when the recipe asks for what its table does not have."""
        if self.recipe is None:
            return
        candidate = targets_after(find_targets(frame), frame, self.recipe).candidate(self.recipe.target)
        if candidate is None:
            _misfit(f"“{self.recipe.target[:60]}” is no column of its table that can be predicted")
        if self.recipe.positive not in candidate.names:
            _misfit(f"“{self.recipe.target[:60]}” is never “{self.recipe.positive[:60]}”")
        known = set(frame.columns)
        repaired = bool(getattr(self.recipe, "steps", ()))  # steps may make columns that the table has not
        unknown = [name for name in (*self.recipe.features, *self.recipe.as_categories) if name not in known]
        if unknown and not repaired:
            _misfit(f"“{unknown[0][:60]}” is no column of its table")

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values, with the schema number."""
        source = self.source
        return {
            "schema": SCHEMA,
            "source": {
                "sample": source.sample,
                "generator": source.generator.to_dict() if source.generator is not None else None,
                "upload": source.upload,
            },
            "recipe": self.recipe.to_dict() if self.recipe is not None else None,
            "settings": self.settings.to_dict() if self.settings is not None else None,
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Experiment:
        """Read what ``to_dict`` wrote; ExperimentError when it is of another schema, incomplete or invalid."""
        if values.get("schema") != SCHEMA:
            raise ExperimentError("This set-up was saved by another version of the app.", remedy=_AGAIN)
        try:
            source, recipe, settings = values["source"], values["recipe"], values["settings"]
            generator = source["generator"]
            found = cls(
                Source(
                    sample=_text(source["sample"]),
                    generator=None if generator is None else GeneratorSpec.from_dict(generator),
                    upload=_text(source["upload"]),
                ),
                None if recipe is None else Recipe.from_dict(recipe),
                None if settings is None else TrainSettings.from_dict(settings),
            )
            found.validate()
        except ExperimentError:
            raise
        except LogregError as problem:
            raise _refusal(_faults(values, problem)) from problem
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as problem:
            raise ExperimentError("This set-up is incomplete.", remedy=_AGAIN) from problem
        return found

    def to_query(self) -> dict[str, str]:
        """Parameters of a link: only what is not as usual.

        Raises
        ------
        LogregError
            A set-up that is not valid, or too long for a link.
        """
        self.validate()
        query = {"data": self.source.sample or f"{UPLOAD}{self.source.upload}"}
        if self.source.generator is not None:
            query["data"] = self.source.generator.kind
            usual = GeneratorSpec(self.source.generator.kind).to_dict()
            query |= _differences("data", self.source.generator.to_dict(), usual)
        if self.recipe is not None:
            query |= _differences("recipe", self.recipe.to_dict(), _usual_recipe())
        if self.settings is not None:
            query |= {"train": "yes"} | _differences("train", self.settings.to_dict(), TrainSettings().to_dict())
        if len(urlencode(query)) > LONGEST_LINK:
            raise ExperimentError(
                "This set-up is too long for a link: it names too many columns.", remedy="Choose fewer columns."
            )
        return query

    @classmethod
    def from_query(cls, parameters: Mapping[str, str]) -> Experiment | None:
        """Read a link; None when its parameters are about something else.

        Raises
        ------
        ExperimentError
            For parameters that ``to_query`` would not have written.
        """
        query = only_own(parameters)
        if not query:
            return None
        if len(urlencode(query, errors="replace")) > 2 * LONGEST_LINK:  # room for encodings other than ours
            raise ExperimentError("This link is too long to be one of this app.", remedy=_AGAIN)
        if query.get("train", "yes") != "yes" or "recipe" in query:
            key = "train" if query.get("train", "yes") != "yes" else "recipe"
            raise ExperimentError(
                f"This link says {key}={query[key][:60]}, which is not known here.",
                remedy=f"What is allowed is train=yes, or nothing. {_AGAIN}",
            )
        name = query.get("data", "")
        source: dict[str, Any] = {"sample": "", "generator": None, "upload": ""}
        given = {part: _values(query, part) for part in ("data", "recipe", "train")}
        if name in KINDS:
            source["generator"] = {**GeneratorSpec(name).to_dict(), **given["data"]}
        elif name.startswith(UPLOAD):
            source["upload"] = name.removeprefix(UPLOAD)
        else:
            source["sample"] = name
        recipe, settings = given["recipe"], given["train"]
        return cls.from_dict(
            {
                "schema": SCHEMA,
                "source": source,
                "recipe": {**_usual_recipe(), **recipe} if recipe else None,
                "settings": settings if settings or "train" in query else None,
            }
        )


def only_own(parameters: Mapping[str, str]) -> dict[str, str]:
    """Return those parameters of an address that belong to a set-up."""
    return {key: value for key, value in parameters.items() if key.partition(".")[0] in {"data", "recipe", "train"}}


def not_understood(parameters: Mapping[str, str], *known: str) -> tuple[str, ...]:
    """Return the names in the address of a set-up that mean nothing here; none where it is not that of a set-up.

    ``known`` are other names that mean something. What Streamlit, mail and advertising add is passed over.
    """
    own = only_own(parameters)
    others = [name for name in parameters if name not in own and name not in known]
    return tuple(name for name in others if not name.casefold().startswith(_ADDED_BY_OTHERS)) if own else ()


def _usual_recipe() -> dict[str, Any]:
    """The usual value of all of a recipe that has one; target, class and features never have."""
    return {key: value for key, value in Recipe("", "", ()).to_dict().items() if key not in _NEVER_USUAL}


def _differences(part: str, values: Mapping[str, Any], usual: Mapping[str, Any]) -> dict[str, str]:
    return {f"{part}.{key}": written(value) for key, value in values.items() if value != usual.get(key, _MISSING)}


_MISSING = object()
_NEVER_USUAL = ("target", "positive", "features")


def _values(query: Mapping[str, str], part: str) -> dict[str, Any]:
    return {key[len(part) + 1 :]: read(value) for key, value in query.items() if key.startswith(f"{part}.")}


def _faults(values: Mapping[str, Any], first: LogregError) -> list[LogregError]:
    """The fault that was met first, then those that single settings or another part of the set-up have beside it."""
    found = [first]
    parts: list[tuple[Callable[[dict[str, Any]], object], dict[str, Any]]] = []
    if isinstance(recipe := values.get("recipe"), Mapping):
        parts.append((Recipe.from_dict, dict(recipe)))
    if isinstance(settings := values.get("settings"), Mapping):
        parts += [(TrainSettings.from_dict, {name: value}) for name, value in settings.items()]
    for read_part, part in parts:
        try:
            read_part(part)
        except LogregError as problem:
            if problem.what not in {known.what for known in found}:
                found.append(problem)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            continue  # alone it says nothing in words of its own
    return found


def _refusal(faults: list[LogregError]) -> ExperimentError:
    """All faults of a set-up in one message, each with what is allowed in its place."""
    said = [fault.what.replace("These choices", "its choices of columns") for fault in faults]
    allowed = [_allowed(fault.remedy) for fault in faults]
    if len(faults) == 1:
        what, where, remedy = said[0], faults[0].where, f"{allowed[0]} {_AGAIN}".strip()
    else:
        what, remedy = f"{len(faults)} of its parts are not possible.", _AGAIN
        where = " ".join(part for each in zip(said, allowed, strict=True) for part in each if part)
    return ExperimentError(f"This set-up cannot be opened: {what}", where=where, remedy=remedy)


def _allowed(remedy: str) -> str:
    """What may stand in a link, of a remedy for who typed a value into the app; what else it advises is left out."""
    if remedy.startswith("It must be "):
        return remedy
    found = re.fullmatch(r"(?:Enter|Choose one of:|Choose(?= (?:\d|true))) (.*)", remedy)
    return f"Allowed: {found[1]}" if found else ""


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a text was expected, got {type(value)}")
    return value


def _is_fingerprint(value: str) -> bool:
    return len(value) == _FINGERPRINT_SIGNS and set(value) <= set("0123456789abcdef")


def _misfit(what: str) -> NoReturn:
    raise ExperimentError(f"This link does not fit its table: {what}.", remedy=_AGAIN)
