"""The same ground under every test: no network, one locale, one time zone, a home of its own."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = Path(__file__).parent / "cases"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test reach beyond this machine, not even to look up a name."""

    def refuse(*_args: object, **_kwargs: object) -> NoReturn:
        pytest.fail("this test reached for the network")

    def local_only(method: Callable[..., Any]) -> Callable[..., Any]:
        def connect(sock: socket.socket, address: Any) -> Any:
            return method(sock, address) if sock.family == socket.AF_UNIX else refuse()

        return connect

    monkeypatch.setattr(socket.socket, "connect", local_only(socket.socket.connect))
    monkeypatch.setattr(socket.socket, "connect_ex", local_only(socket.socket.connect_ex))
    monkeypatch.setattr(socket.socket, "sendto", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Share one cache, which holds no answers, as finding all fonts anew for each test is slow."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def surroundings(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, cache_folder: Path
) -> None:
    """Fix locale and time zone, and keep the home of whoever runs the tests out of them."""
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith(("COMPLAINTKIT_", "LC_", "XDG_"))]:
        monkeypatch.delenv(name)
    for name in ("LANG", "LANGUAGE", "NO_COLOR", "FORCE_COLOR", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache_folder))
    for kind, folder in {
        "CONFIG": ".config",
        "DATA": ".local/share",
        "STATE": ".local/state",
        "RUNTIME": ".run",
    }.items():
        variable = "XDG_RUNTIME_DIR" if kind == "RUNTIME" else f"XDG_{kind}_HOME"
        monkeypatch.setenv(variable, str(home / folder))
    time.tzset()


@pytest.fixture
def case_file() -> Callable[[str], Path]:
    """Return the path of a bundled case by its name, without the suffix."""

    def find(name: str) -> Path:
        path = CASES / f"{name}.toml"
        assert path.is_file(), f"there is no case {name} in tests/cases"
        return path

    return find
