"""Provisions as they are cited in a language: Art. 6(1)(f) GDPR, Art. 6 Abs. 1 lit. f DSGVO."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from complaintkit.files import data_dir
from complaintkit.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from complaintkit.law import Law


NO_BREAK = "\u00a0"


class Form(Record):
    """How the provisions of some acts are written; the first pattern that fits is used."""

    acts: tuple[str, ...]
    joint: str = ""
    """What stands before the name of the act, such as ``, du``; nothing but a space if empty."""
    patterns: tuple[tuple[str, str], ...]


class Citations(Record):
    """How a language cites: ``templates/locale/<language>/citations.toml``."""

    separator: Literal[",", ";"] = ","
    """What stands between the provisions of one act."""
    acts: dict[str, str] = Field(default_factory=dict)
    """The short names of acts that have another one in this language."""
    form: tuple[Form, ...] = ()

    @property
    def between(self) -> str:
        """What stands between the provisions of one act, with its spaces."""
        return ", " if self.separator == "," else f"{NO_BREAK}; "

    def joint(self, act: str) -> str:
        """Return what stands between the provisions of an act and its name."""
        found = (form.joint for form in self.form if act in form.acts and form.joint)
        return f"{next(found, '')} "

    def act(self, name: str) -> str:
        """Return the short name of an act in this language."""
        return self.acts.get(name, name)

    def provision(self, id_: str, act: str) -> str:
        """Return a provision in this language; one of no known form as it stands."""
        name = next((known for known in self.acts if id_.endswith(f" {known}")), "")
        bare = id_.removesuffix(name).strip()
        patterns = (
            pair for form in self.form if (name or act) in form.acts for pair in form.patterns
        )
        for pattern, written in patterns:
            if re.fullmatch(pattern, bare):
                bare = re.sub(pattern, written, bare)
                break
        return " ".join(part for part in (bare, self.acts.get(name, "")) if part)


@lru_cache(maxsize=16)
def citations(language: str) -> Citations:
    """Return how a language cites; a language without a file cites as the law data do."""
    path = data_dir("templates").joinpath("locale", language, "citations.toml")
    if not path.is_file():
        return Citations()
    return Citations.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


def cite(law: Law, provisions: Iterable[str], language: str = "") -> str:
    """Return provisions as one citation, naming each act once.

    Args:
        law: The law that lists them.
        provisions: Their ids.
        language: The language of a letter, where the parts of a provision stay on one line; by
            default that of the law data, in plain spaces.

    Returns:
        Such as ``Art. 5(1)(a), Art. 6(1) GDPR`` or ``Cal. Civ. Code § 1798.105``.

    """
    groups: dict[str, list[str]] = {}
    for id_ in provisions:
        groups.setdefault(law.provisions[id_].act, []).append(id_)
    return listed(law, groups, language)


def listed(law: Law, groups: Mapping[str, Iterable[str]], language: str = "") -> str:
    """Return provisions, told apart by the act they belong to, as one citation."""
    form = citations(language)
    cited = []
    for act, ids in groups.items():
        written = [form.provision(id_, act) for id_ in ids]
        if language:
            written = [text.replace(" ", NO_BREAK) for text in written]
        joined = form.between.join(written)
        if law.head.cite == "act-provision":
            cited.append(" ".join(part for part in (act, joined) if part))
        else:
            cited.append(form.joint(act).join(part for part in (joined, form.act(act)) if part))
    return (f"{NO_BREAK}; " if form.separator == ";" else "; ").join(cited)
