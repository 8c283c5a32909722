"""The lines of a text, whatever ends them."""

from __future__ import annotations


def filled_lines(text: str) -> list[str]:
    """Return the lines that hold anything but blanks, without the CR, LF or CRLF that ends them."""
    return [line for line in text.replace("\r", "\n").split("\n") if line and not line.isspace()]
