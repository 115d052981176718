"""Objections and data-protection complaints that a controller or a regulator can act on."""

from __future__ import annotations

__version__ = "0.1.0"
