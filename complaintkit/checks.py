"""What can be checked without a case: the law, the words for it, the campaigns, the machine."""

from __future__ import annotations

import ctypes.util
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import TemplateError as JinjaError

from complaintkit import campaigns
from complaintkit.errors import ComplaintkitError, LawError, MissingLibraryError, Problem
from complaintkit.files import data_dir
from complaintkit.formview import TEMPLATE as FORM
from complaintkit.i18n import words
from complaintkit.law import library
from complaintkit.letters import SHEET
from complaintkit.rendering import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from complaintkit.law import Law


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing this machine has, or lacks."""

    good: bool
    what: str
    mend: str = ""


def check_all() -> tuple[list[Problem], str]:
    """Return every fault of the package's data, and a line that counts what was read."""
    problems: list[Problem] = []
    try:
        laws = library().laws
    except LawError as error:
        return list(error.problems), "the law could not be loaded"
    for law in laws.values():
        problems += _words_of(law)
    problems += _templates()
    for name in campaigns.names():
        try:
            campaigns.load(name)
        except ComplaintkitError as error:
            problems += error.problems
    grounds = sum(len(law.file.grounds) for law in laws.values())
    authorities = len(library().authorities)
    return problems, (
        f"{len(laws)} laws, {grounds} grounds, {authorities} authorities, "
        f"{len(library().forms)} forms, {len(campaigns.names())} campaigns: {len(problems)} faults"
    )


def _words_of(law: Law) -> Iterator[Problem]:
    """Yield a problem for each ground or demand of a law that has no words."""
    macros: dict[str, dict[str, str]] = {}
    for ground in (ground for ground in law.file.grounds if ground.kind != "referral"):
        macro = ground.id.replace("-", "_")
        macros.setdefault(ground.words, {})[macro] = f"ground '{ground.id}'"
    for demand in law.demands.values():
        macro = "demand_" + demand.id.replace("-", "_")
        macros.setdefault(demand.words, {})[macro] = f"demand '{demand.id}'"
    if any(route.to == "authority" for route in law.file.routes):
        own = law.head.words or law.head.id
        macros.setdefault(own, {})["authority_requests"] = "the requests to the authority"
    for words_file, wanted in macros.items():
        yield from _missing(f"grounds/{words_file}.html.j2", wanted)


def _missing(name: str, macros: dict[str, str]) -> Iterator[Problem]:
    """Yield a problem for each macro that a file of words lacks."""
    try:
        module = environment(words()).get_template(name).module
    except JinjaError as error:
        yield Problem(f"templates/{name}", str(error.message or error))
        return
    for macro, what in macros.items():
        if not hasattr(module, macro):
            yield Problem(f"templates/{name}", f"{what} has no words", f"add the macro {macro}(c)")


def _templates() -> Iterator[Problem]:
    """Yield a problem for each template that does not compile or is missing."""
    documents = {route.document for law in library().laws.values() for route in law.file.routes}
    letters = data_dir("templates").joinpath("letters")
    there = {item.name.removesuffix(".html.j2") for item in letters.iterdir()}
    for document in sorted({SHEET, *documents} - there - {""}):
        yield Problem("templates/letters", f"there is no template '{document}'", "add it")
    for name in [*(f"letters/{name}.html.j2" for name in sorted(there)), FORM]:
        try:
            environment(words()).get_template(name)
        except JinjaError as error:
            yield Problem(f"templates/{name}", str(error.message))


def doctor() -> Iterator[Finding]:
    """Yield what this machine has or lacks for every output."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    yield Finding(sys.version_info >= (3, 11), f"Python {version}", "install Python 3.11 or newer")
    try:
        count = len(library().laws)
        yield Finding(good=True, what=f"law data: {count} laws")
    except ComplaintkitError as error:
        yield Finding(good=False, what="law data", mend=str(error))
    yield _pdf()
    subset = ctypes.util.find_library("harfbuzz-subset") is not None
    yield Finding(
        subset,
        "small and reproducible fonts in PDF (HarfBuzz-Subset)",
        "install it with: sudo apt-get install libharfbuzz-subset0",
    )


def _pdf() -> Finding:
    from complaintkit.output import pdf  # noqa: PLC0415 - slow to import

    try:
        pdf.render("<html lang='en'><title>Test</title><p>Test</p></html>")
    except MissingLibraryError as error:
        return Finding(good=False, what="PDF output", mend=str(error.problems[0]))
    return Finding(good=True, what="PDF output (WeasyPrint, PDF/UA-1)")
