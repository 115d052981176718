"""An assessment gives letters: the words of the templates, filled with one person's facts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateNotFound, pass_context
from jinja2 import TemplateError as JinjaError
from markupsafe import Markup

from complaintkit import languages
from complaintkit.assessment import State
from complaintkit.errors import InputError, NoLawError, OutputError, Problem, TemplateError
from complaintkit.files import data_dir, write_private
from complaintkit.i18n import SOURCE_LANGUAGE, words
from complaintkit.letterview import LetterView
from complaintkit.sheetview import SheetView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from jinja2.runtime import Context

    from complaintkit.assessment import Assessment, RouteFinding
    from complaintkit.facts import Case
    from complaintkit.i18n import Words

FORMATS = ("pdf", "txt", "html")
SHEET = "next-steps"
COVERED = (
    "EU and EEA countries, GB, CH and US are covered. Gibraltar, Jersey, Guernsey and the Isle of "
    "Man have laws of their own. For an overseas region that belongs to the EU, give the country"
)


@dataclass(frozen=True)
class Letter:
    """One finished document, not yet in a file."""

    document: str
    """Its template, such as ``objection`` or ``next-steps``."""
    route: str
    """The route it serves; empty for the sheet of next steps."""
    title: str
    language: str
    html: str
    stem: str
    """The file name without ending; it holds no personal data."""

    def text(self) -> str:
        """Return the letter as plain text at 72 columns."""
        from complaintkit.output import text  # noqa: PLC0415 - only where it is asked for

        return text.render(self.html)

    def pdf(self) -> bytes:
        """Return the letter as PDF/UA-1.

        Raises:
            MissingLibraryError: Pango is not on this machine.
            OutputError: A character cannot be shown by any font.

        """
        from complaintkit.output import pdf  # noqa: PLC0415 - slow to import

        return pdf.render(self.html)

    def content(self, format_: str) -> bytes:
        """Return the letter in one of `FORMATS`.

        Raises:
            InputError: There is no such format.

        """
        if format_ == "pdf":
            return self.pdf()
        if format_ in FORMATS:
            return (self.text() if format_ == "txt" else self.html).encode()
        raise InputError(Problem("format", f"there is no format '{format_}'", ", ".join(FORMATS)))

    def write(
        self, folder: Path | str, formats: Sequence[str] = ("pdf",), *, overwrite: bool = False
    ) -> list[Path]:
        """Write the letter into a folder, one file a format, readable by the owner alone.

        Raises:
            InputError: There is no such format.
            MissingLibraryError: PDF is asked for and Pango is missing.
            OutputError: A file is there already, or cannot be written.

        """
        return write_all((self,), folder, formats, overwrite=overwrite)


def write_all(
    letters: Sequence[Letter],
    folder: Path | str,
    formats: Sequence[str] = ("pdf",),
    *,
    overwrite: bool = False,
) -> list[Path]:
    """Write letters into a folder; none is written unless all could be made.

    Raises:
        InputError: There is no such format.
        MissingLibraryError: PDF is asked for and Pango is missing.
        OutputError: A file is there already, or cannot be written.

    """
    contents = {
        Path(folder, f"{letter.stem}.{format_}"): letter.content(format_)
        for letter in letters
        for format_ in formats
    }
    there = [path for path in contents if path.exists()]
    if there and not overwrite:
        raise OutputError(
            *(Problem(str(path), "is there already", "use --force to replace it") for path in there)
        )
    for path, content in contents.items():
        write_private(path, content, overwrite=overwrite)
    return list(contents)


def draft(
    assessment: Assessment,
    *,
    language: str = "",
    copy: str = "",
    routes: Iterable[str] | None = None,
) -> tuple[Letter, ...]:
    """Return the letters to send now, and the sheet of next steps.

    Args:
        assessment: What follows from the case.
        language: The language of all letters, such as ``de``; by default each has its recipient's.
        copy: The person's own language: that of the sheet, and of a copy to keep of each letter
            that is in another one.
        routes: The routes to write for; by default those that `Assessment.next` names.

    Raises:
        NoLawError: No law covers the case, or it is not known which.
        InputError: A route does not exist or has no document, an address is missing, or there
            are no letters in a language.
        TemplateError: A template is wrong.

    """
    check_law(assessment)
    _check_languages(assessment, language, copy)
    chosen = assessment.next if routes is None else _chosen(assessment, routes)
    _check_people(assessment, chosen)
    letters, copies = [], []
    for number, found in enumerate(chosen, 1):
        sent_in = language or languages.of(assessment, found, copy)
        letters.append(_letter(assessment, found, _words(assessment, sent_in), number))
        if copy and copy != sent_in:
            copies.append(_letter(assessment, found, _words(assessment, copy), number, sent_in))
    said = _words(assessment, copy or language or SOURCE_LANGUAGE)
    return (*letters, *copies, _sheet(assessment, said, letters, chosen))


def _words(assessment: Assessment, language: str) -> Words:
    return words(language, "US" if assessment.laws[0].head.family == "us" else "GB")


def _check_languages(assessment: Assessment, *asked: str) -> None:
    """Refuse a language in which some words of the case are missing."""
    there = languages.offered(assessment)
    for language in filter(None, asked):
        if language not in there:
            what = f"there are no letters in '{language}' for the law of this case"
            raise InputError(Problem("language", what, f"one of {', '.join(there)}"))


def check_law(assessment: Assessment) -> None:
    """Refuse an assessment without law.

    Raises:
        NoLawError: No law covers the case, or the residence is missing.

    """
    if assessment.laws:
        return
    if "residence" in assessment.missing:
        raise NoLawError(
            Problem("facts.residence", "is needed to find the law", "add it, such as DE-BE")
        )
    raise NoLawError(_no_law(assessment))


def _no_law(assessment: Assessment) -> Problem:
    """Say why there is no law: not yet in force, or none for the place."""
    place, day = assessment.case.facts.residence, assessment.on
    later = [
        (law.head.in_force_from, law.head.title)
        for law in assessment.out_of_force
        if law.head.in_force_from and law.head.in_force_from > day
    ]
    if later:
        first, title = min(later)
        what = (
            f"no law in this version was in force for '{place}' on {day}: "
            f"the {title} begins on {first}"
        )
        return Problem("on", what, "another law decided before; it is not in this version")
    what = f"there is no law for '{place}' in this version"
    if assessment.also:
        beside = " and the ".join(law.head.title for law in assessment.also)
        what += (
            f"; the {beside} may apply where the company is established, "
            "but no letter is written under it"
        )
    return Problem("facts.residence", what, COVERED)


def _chosen(assessment: Assessment, names: Iterable[str]) -> tuple[RouteFinding, ...]:
    chosen = []
    for name in names:
        try:
            found = assessment.route(name)
        except KeyError:
            known = ", ".join(r.route.id for r in assessment.routes if r.route.document)
            raise InputError(
                Problem("route", f"there is no route '{name}' in this case", f"one of {known}")
            ) from None
        early = found.state in (State.LATER, State.OPENS) and found.route.waits == "blocks"
        if found.state is State.CLOSED or early:
            reason = found.reason or found.route.wait_reason
            raise InputError(Problem("route", f"'{name}' is closed: {reason}", "see 'explain'"))
        if not found.route.document:
            raise InputError(Problem("route", f"'{name}' has no document", "see 'explain'"))
        chosen.append(found)
    return tuple(chosen)


def _check_people(assessment: Assessment, chosen: Sequence[RouteFinding]) -> None:
    """Refuse to write a letter from nobody or to nobody."""
    case = assessment.case
    problems = []
    if chosen and not case.person.name:
        problems.append(Problem("person.name", "is needed to sign a letter", "add it to the case"))
    if chosen and not (case.controller.name or case.controller.service):
        problems.append(Problem("controller.name", "is needed", "add the company's legal name"))
    for found in chosen:
        if found.route.to == "authority" and found.authority is None:
            mend = "in Germany and the USA add the Land or state to facts.residence, as DE-BE"
            problems.append(Problem(found.route.id, "no competent authority was found", mend))
    if problems:
        raise InputError(*problems)


def _letter(
    assessment: Assessment, found: RouteFinding, said: Words, number: int, copy_of: str = ""
) -> Letter:
    view = LetterView(assessment, said, found, copy_of)
    html = _render(said, f"letters/{found.route.document}.html.j2", view)
    copy = (f"copy-{said.language}",) if copy_of else ()
    return Letter(
        document=found.route.document,
        route=found.route.id,
        title=_title(html),
        language=said.language,
        html=html,
        stem=_stem(assessment, str(number), found.route.id, *copy),
    )


def _sheet(
    assessment: Assessment,
    said: Words,
    letters: Sequence[Letter],
    chosen: Sequence[RouteFinding],
) -> Letter:
    view = SheetView(assessment, said, None, "", tuple(zip(letters, chosen, strict=True)))
    html = _render(said, f"letters/{SHEET}.html.j2", view)
    return Letter(SHEET, "", _title(html), said.language, html, _stem(assessment, "0", SHEET))


def _stem(assessment: Assessment, *parts: str) -> str:
    """Return a file name that sorts by date and says nothing about the person."""
    return "-".join(part for part in (str(assessment.on), *parts, slug(assessment.case)) if part)


def slug(case: Case) -> str:
    """Return how a case's company is called in file names; empty if it has no Latin letter."""
    controller = case.controller
    plain = unicodedata.normalize("NFKD", controller.service or controller.name)
    ascii_ = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_)[:40].strip("-")


def _title(html: str) -> str:
    match = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    if not match or not match[1].strip():
        raise TemplateError(Problem("templates", "a letter has no title", "set the block 'title'"))
    return " ".join(match[1].split())


def _render(said: Words, name: str, view: LetterView) -> str:
    try:
        return environment(said).get_template(name).render(letter=view)
    except TemplateNotFound as error:
        raise TemplateError(Problem("templates", f"there is no template '{error.name}'")) from None
    except JinjaError as error:
        place = getattr(error, "name", None) or name
        line = getattr(error, "lineno", None) or _line(error)
        where = f"templates/{place}" + (f", line {line}" if line else "")
        raise TemplateError(Problem(where, str(error.message), "see templates/README.md")) from None


def _line(error: JinjaError) -> int | None:
    """Return the line of the template in which rendering failed."""
    line, trace = None, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "<template>" or ".j2" in (
            trace.tb_frame.f_code.co_filename
        ):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


@lru_cache(maxsize=16)
def environment(said: Words) -> Environment:
    """Return the template environment of a language.

    Each language has its own: overlays of one environment share their translations.
    """

    def source(name: str) -> str | None:
        path = data_dir("templates").joinpath(*name.split("/"))
        return path.read_text(encoding="utf-8") if path.is_file() else None

    env = Environment(
        loader=FunctionLoader(source),
        autoescape=True,
        undefined=StrictUndefined,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_translations(said.translations, newstyle=True)  # type: ignore[attr-defined]
    env.globals["gettext"] = _sentences(said)
    return env


def _sentences(said: Words) -> Callable[..., Markup]:
    """Return the function that says a sentence with its values in place.

    A value that ends in a full stop of its own, such as a company's "Inc.", gets no second one.
    """

    @pass_context
    def sentence(_: Context, message: str, **values: object) -> Markup:
        text = str(said.translations.gettext(message))
        for name, value in values.items():
            if str(value).endswith("."):
                text = text.replace(f"%({name})s.", f"%({name})s")
        return Markup(text) % values  # noqa: S704 - the text is ours, the values are escaped

    return sentence
