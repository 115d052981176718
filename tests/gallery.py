"""Pictures of every page of every kind of letter, as one HTML contact sheet: ``make gallery``.

They are for looking at. What can be tested about a page is tested in the tests.
"""

from __future__ import annotations

import base64
import datetime as dt
import html
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2

from complaintkit import assess, draft
from complaintkit.errors import ComplaintkitError
from complaintkit.facts import Case
from complaintkit.languages import offered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from complaintkit.letters import Letter

ON = dt.date(2026, 11, 24)
CASES = Path(__file__).parent / "cases"
WIDTH = 420
"""The width of a picture in pixels."""

LONG = " ".join(f"This is sentence number {n} of a long account." for n in range(220))[:10_000]
STRESS: dict[str, dict[str, Any]] = {
    "long name and address": {
        "person": {
            "name": "Maria-Theresia Wolfeschlegelsteinhausenbergerdorff-Papadopoulou",
            "address": [f"Line {n} of an address of seven" for n in range(1, 8)],
        }
    },
    "no free text": {"facts": {"situation": None, "story": None, "harm": None}},
    "ten thousand characters": {"facts": {"situation": LONG, "story": LONG}},
    "forty rows": {
        "history": [
            {"what": "access", "event": "reminded", "date": ON - dt.timedelta(days=400 - 7 * n)}
            for n in range(40)
        ]
    },
    "Arabic": {"person": {"name": "ليلى حداد"}},
    "Greek and Cyrillic": {"person": {"name": "Ελένη Παπαδοπούλου (Елена Иванова)"}},
}
"""What is changed in a case, to see whether its letters are still well set."""


def stressed(case: Case, change: dict[str, dict[str, Any]]) -> Case:
    """Return a case with some parts changed; None takes an answer away."""
    data = case.model_dump(mode="json", exclude_none=True)
    for part, values in change.items():
        if isinstance(values, list):
            data[part] = [*data.get(part, []), *values]
            continue
        merged = {**data.get(part, {}), **values}
        data[part] = {name: value for name, value in merged.items() if value is not None}
    return Case.model_validate(data)


def letters() -> Iterator[tuple[str, tuple[Letter, ...]]]:
    """Yield every set of letters that the sheet shows, with what it is called."""
    for path in sorted(CASES.glob("*.toml")):
        case = Case.load(path)
        assessment = assess(case, on=ON)
        for language in offered(assessment):
            yield f"{path.stem}, {language}", draft(assessment, language=language)
        if path.stem in ("de-meta-religion", "fr-linkedin-ignored", "uk-linkedin-refused"):
            for name, change in STRESS.items():
                changed = assess(stressed(case, change), on=ON)
                yield f"{path.stem}, {name}", draft(changed, language="en")


def pictures(content: bytes) -> Iterator[str]:
    """Yield each page of a PDF as the address of a PNG picture."""
    document = pypdfium2.PdfDocument(content)
    for page in document:
        buffer = io.BytesIO()
        image = page.render(scale=WIDTH / page.get_width()).to_pil()
        image.convert("L").save(buffer, "PNG", optimize=True)
        yield "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()


def sheet() -> Iterator[str]:
    """Yield the contact sheet, piece by piece."""
    yield "<!doctype html><html lang=en><meta charset=utf-8><title>Letters</title>"
    yield "<style>body{font:14px sans-serif;background:#ddd}img{margin:4px;border:1px solid #999}"
    yield "</style><h1>Letters</h1>"
    for name, drafted in letters():
        yield f"<h2>{html.escape(name)}</h2>"
        for letter in drafted:
            yield f"<h3>{html.escape(letter.title)}</h3>"
            try:
                for number, picture in enumerate(pictures(letter.pdf()), 1):
                    yield f'<img alt="page {number}" width={WIDTH} src="{picture}">'
            except ComplaintkitError as error:
                yield f"<p>{html.escape(str(error))}</p>"


def main(target: Path) -> None:
    """Write the contact sheet."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", encoding="utf-8") as stream:
        for piece in sheet():
            stream.write(piece + "\n")
    sys.stdout.write(f"{target}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "gallery/index.html"))
