"""Objections and data-protection complaints that a controller or a regulator can act on.

>>> from datetime import date
>>> from complaintkit import Case, assess, draft
>>> case = Case.load("maria.toml")  # doctest: +SKIP
>>> for letter in draft(assess(case, on=date(2026, 11, 23))):  # doctest: +SKIP
...     letter.write("letters")
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from complaintkit.assessment import Assessment
    from complaintkit.assessor import assess
    from complaintkit.facts import Case
    from complaintkit.letters import Letter, draft

__version__ = "0.1.0"
__all__ = ["Assessment", "Case", "Letter", "__version__", "assess", "draft"]

_HOMES = {
    "Assessment": "assessment",
    "Case": "facts",
    "Letter": "letters",
    "assess": "assessor",
    "draft": "letters",
}


def __getattr__(name: str) -> object:
    """Import a public name on first use, so that ``complaintkit --help`` stays quick."""
    if name not in _HOMES:
        message = f"module 'complaintkit' has no attribute '{name}'"
        raise AttributeError(message)
    value = getattr(importlib.import_module(f"complaintkit.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
