"""Colours and symbols of the two classes, chosen to be told apart by everybody, on white and on dark pages.

Blue and vermilion of Okabe and Ito (2008), https://jfly.uni-koeln.de/color/; a class is always a colour and a shape.
"""

from __future__ import annotations

NEGATIVE = "#0072B2"
POSITIVE = "#D55E00"
NEGATIVE_SYMBOL = "circle"
POSITIVE_SYMBOL = "diamond"

# Greys that keep a contrast of 3 to 1 or more with both a white and a near-black page.
LINE = "#808080"
OUTLINE = "rgba(128, 128, 128, 0.6)"
GRID = "rgba(128, 128, 128, 0.25)"
SPACE_GRID = "#a0a0a0"  # in space transparent lines are not drawn
CLEAR = "rgba(0, 0, 0, 0)"
PALE = 0.25
"""Opacity of what a picture cannot vouch for."""


def faded(colour: str, opacity: float) -> str:
    """A ``#rrggbb`` colour as ``rgba(...)`` with ``opacity`` from 0 to 1."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity:g})"


# Probability 0 to 1: blue, nearly nothing at one half, orange. Pale enough for points to stand out on it. Both sides
# fade to a half-way hue at the same opacity, so that no edge is drawn where only the colour changes.
PROBABILITY_SCALE = [
    [0.0, faded(NEGATIVE, 0.5)],
    [0.5, "rgba(128, 128, 128, 0.04)"],
    [1.0, faded(POSITIVE, 0.5)],
]

# Share 0 to 1 of a row of the confusion matrix. Tiles hide the page and bring their own ink: the grey in which the
# light theme writes could not be read on the stronger ones.
SHARE_SCALE = [[0.0, "#E4EEF6"], [1.0, "#6FB3E0"]]
SHARE_INK = "#1B2733"

# Training and test rows, where a line stands for a part of the rows and not for a class. Bluish green of Okabe and Ito
# and purple of Tol's muted scheme (https://sronpersonalpages.nl/~pault/), told apart by everybody.
TRAINING_ROWS = "#009E73"
TEST_ROWS = "#AA4499"
