"""A made-up customer table as a German spreadsheet exports it: semicolons, decimal commas, umlauts, empty cells."""

from __future__ import annotations

from pathlib import Path

import numpy as np

ROWS = 300
TARGET = "gekündigt"
POSITIVE = "ja"


def write_customers(path: Path, encoding: str) -> None:
    """Write the table. Whether a customer left depends on months and complaints: there is something to learn."""
    rng = np.random.default_rng(3)
    months = rng.integers(1, 72, ROWS)
    complaints = rng.poisson(1.2, ROWS)
    bill = rng.normal(40, 12, ROWS).clip(5)
    city = rng.choice(["Köln", "München", "Düsseldorf", "Nürnberg"], ROWS)
    left = rng.random(ROWS) < 1 / (1 + np.exp(0.06 * months - 1.1 * complaints + 0.3))
    lines = ["Kundennummer;Größe des Haushalts;Monate;Beschwerden;Rechnung in €;Stadt;" + TARGET]
    for i in range(ROWS):
        amount = "" if rng.random() < 0.06 else f"{bill[i]:.2f}".replace(".", ",")
        home = "" if rng.random() < 0.04 else city[i]
        answer = "ja" if left[i] else "nein"
        lines.append(f"K-{i + 1:05d};{rng.integers(1, 6)};{months[i]};{complaints[i]};{amount};{home};{answer}")
    path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
