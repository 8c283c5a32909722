"""The data doctor: findings about a table, each with what can be done about it in one click."""

from logreg_core.features.findings.evidence import Evidence, Memory, against_target, gather
from logreg_core.features.findings.examine import examine, findings_of
from logreg_core.features.findings.finding import SEVERITIES, Finding, Fix, is_covered

__all__ = [
    "SEVERITIES",
    "Evidence",
    "Finding",
    "Fix",
    "Memory",
    "against_target",
    "examine",
    "findings_of",
    "gather",
    "is_covered",
]
