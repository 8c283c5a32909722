"""Logistic regression to understand: read a table, prepare it, train with NumPy, evaluate, draw.

Usable without the app: every room (``data``, ``features``, ``training``, ``evaluation``, ``charts``) is a
package of plain functions and frozen dataclasses. Nothing here imports Streamlit, prints, or keeps global state.
"""

from logreg_core.errors import LogregError, RecipeError, TableError, TrainingError

__all__ = ["LogregError", "RecipeError", "TableError", "TrainingError"]
