"""Files whose lines programs and people have damaged, or whose delimiter is hard to tell, with what is made of each."""

from __future__ import annotations

from typing import Any

import pandas as pd

from tests.unit.data.reading_cases import Case

D = pd.Timestamp
DAMAGED: list[Case] = []


def case(name: str, content: str | bytes, columns: dict[str, list[Any]] | None = None, *told: str, **more: Any) -> None:
    data = content.encode() if isinstance(content, str) else content
    DAMAGED.append(Case(name, data, columns, told, **more))


# ------------------------------------------------------------------ quotation marks inside cells

case("odd quotes: lines are read again in their order", 'a,b\n"x,1\nm,2\n"y,3\n"z,4\nn,5\nw"q,6\n', {"a": ['"x', "m", '"y', '"z', "n", 'w"q'], "b": [1, 2, 3, 4, 5, 6]}, "lines 2, 4, 5, 7")  # fmt: skip
