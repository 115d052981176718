"""Files written whole or not at all, readable by their owner alone; and the package's own data."""

from __future__ import annotations

import os
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from complaintkit.errors import MissingLibraryError, OutputError, Problem

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def data_dir(kind: Literal["jurisdictions", "templates"]) -> Traversable:
    """Return the folder of the law or of the words.

    It lies inside the package in a wheel and beside the package in a checkout.

    Raises:
        MissingLibraryError: The installation is incomplete.

    """
    packed = files("complaintkit").joinpath("_data", kind)
    if packed.is_dir():
        return packed
    checkout = Path(__file__).resolve().parent.parent / kind
    if checkout.is_dir():
        return checkout
    raise MissingLibraryError(
        Problem("", f"the folder '{kind}' is missing", "install complaintkit again")
    )


def write_private(path: Path, content: bytes, *, overwrite: bool = False) -> None:
    """Write a file with mode 0600, so that it is there whole or not at all.

    Raises:
        OutputError: The file is there already (without ``overwrite``), or cannot be written.

    """
    if path.exists() and not overwrite:
        raise OutputError(
            Problem(str(path), "the file is there already", "use --force to replace it")
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError(
            Problem(str(path), f"cannot be written: {error.strerror}", "choose another folder")
        ) from None
