"""Templates in a language: the one place that knows Jinja."""

from __future__ import annotations

import html as markup
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateNotFound, pass_context
from jinja2 import TemplateError as JinjaError
from markupsafe import Markup

from complaintkit.errors import Problem, TemplateError
from complaintkit.files import data_dir

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2.runtime import Context

    from complaintkit.i18n import Words


def title_of(html: str) -> str:
    """Return the title of a document, as plain text.

    Raises:
        TemplateError: It has none.

    """
    match = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    if not match or not match[1].strip():
        raise TemplateError(Problem("templates", "a letter has no title", "set the block 'title'"))
    return " ".join(markup.unescape(match[1]).split())


def render(said: Words, name: str, /, **seen: object) -> str:
    """Return a document: a template in a language, filled with what it may see.

    Raises:
        TemplateError: The template is wrong.

    """
    try:
        html = environment(said).get_template(name).render(**seen)
        return re.sub("<title>.*?</title>", _without_marks, html, count=1, flags=re.DOTALL)
    except TemplateNotFound as error:
        raise TemplateError(Problem("templates", f"there is no template '{error.name}'")) from None
    except JinjaError as error:
        place = getattr(error, "name", None) or name
        line = getattr(error, "lineno", None) or _line(error)
        where = f"templates/{place}" + (f", line {line}" if line else "")
        raise TemplateError(Problem(where, str(error.message), "see templates/README.md")) from None


def _without_marks(title: re.Match[str]) -> str:
    """Return a title without the marks of direction, which would be read as words there."""
    return title[0].replace("<bdi>", "").replace("</bdi>", "")


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
        told = {name: _isolated(value) for name, value in values.items()}
        return Markup(text) % told  # noqa: S704 - the text is ours, the values are escaped

    return sentence


def _isolated(value: object) -> object:
    """Mark off a value with right-to-left letters, so that it turns nothing round beside it."""
    text = "" if isinstance(value, Markup) else str(value)
    turned = any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)
    return Markup("<bdi>{}</bdi>").format(text) if turned else value
