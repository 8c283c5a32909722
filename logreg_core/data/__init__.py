"""Bytes, generators and samples become a ``Table``; ``profile`` says what its columns hold."""

from logreg_core.data.detail import ColumnDetail, counts_table, detail
from logreg_core.data.generate import KINDS, GeneratorSpec, generate
from logreg_core.data.options import ReadOptions
from logreg_core.data.profile import ColumnProfile, infinite_values, profile, whole_days
from logreg_core.data.read import read_table
from logreg_core.data.samples import SAMPLES, Sample, load_sample
from logreg_core.data.spoken import spoken
from logreg_core.data.table import ReadReport, Suggestion, Table
from logreg_core.data.write import to_csv_bytes
from logreg_core.errors import TableError

__all__ = [
    "KINDS",
    "SAMPLES",
    "ColumnDetail",
    "ColumnProfile",
    "GeneratorSpec",
    "ReadOptions",
    "ReadReport",
    "Sample",
    "Suggestion",
    "Table",
    "TableError",
    "counts_table",
    "detail",
    "generate",
    "infinite_values",
    "load_sample",
    "profile",
    "read_table",
    "spoken",
    "to_csv_bytes",
    "whole_days",
]
