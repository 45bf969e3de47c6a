"""Runs the programs that fetch things and sorts their failures: `Unavailable` is this machine's lack, `Untrusted` is a
checksum that does not match. It must not know which toolchain is being installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path


class Unavailable(Exception):
    """The step cannot be done on this machine; the text says why, in a few words."""


class Untrusted(Exception):
    """What was downloaded is not what is pinned. Never skipped."""


# How pip, npm, go and apt say that a download has another hash or signature than the pinned one.
_MISMATCH = re.compile(
    r"DO NOT MATCH THE HASHES|EINTEGRITY|SECURITY ERROR|Hash Sum mismatch|is not signed|NO_PUBKEY|BADSIG", re.I
)


def run(
    *command: Path | str, cwd: Path | None = None, env: dict[str, str] | None = None, accept: tuple[int, ...] = (0,)
) -> str:
    """Runs `command` and returns what it printed (both streams).

    An exit code that is not one of `accept` is a failure; the reason quotes what the program said about it.
    """
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            check=False,
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except OSError as error:
        raise Unavailable(f"`{words[0]}` does not start: {error.strerror}") from error
    if done.returncode in accept:
        return done.stdout
    said = [line.strip() for line in done.stdout.splitlines() if line.strip()]
    # pip, npm and apt mark their errors, and the first ones say most; go says it last, but for one.
    marked = [line for line in said if re.match(r"ERROR:|npm error \S|E:|.*checksum mismatch", line)]
    cause = "; ".join(marked[:2] or said[-2:])[:240]
    reason = f"`{' '.join([Path(words[0]).name, *words[1:3]])}` failed: {cause}"
    if _MISMATCH.search(done.stdout):
        raise Untrusted(reason)
    raise Unavailable(reason)


def need(program: str) -> str:
    """The path of a program that must be on this machine."""
    found = shutil.which(program)
    if found is None:
        raise Unavailable(f"`{program}` is not on PATH")
    return found


def npm_install(pins: Path, place: Path) -> Path:
    """Installs what a lock file names (npm checks its integrity), runs no script of it; returns `node_modules`."""
    npm = need("npm")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(pins / name, place)
    with tempfile.TemporaryDirectory(prefix="xlc-npm-") as cache:
        quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-bin-links")
        # npm waits 10 s and then a minute before it tries again; offline that is long to wait for a `skip`.
        retry = ("--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000")
        # Peers are for those who run a package as it is meant: a lock file names all that is wanted.
        run(npm, "ci", "--legacy-peer-deps", *quiet, *retry, "--cache", cache, cwd=place)
    return place / "node_modules"
