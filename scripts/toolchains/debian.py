"""Takes packages of another Debian release from the mirror that apt is set up with, and unpacks them into a directory.

apt itself does it, with a state directory, a source list and a configuration of its own: it checks the release's
signature and each package's SHA256, honours the machine's proxy settings, and neither needs root nor changes what the
machine's apt knows. Nothing is installed.
"""

from __future__ import annotations

import platform
import re
import tempfile
from pathlib import Path

from .fetch import Unavailable, need, run

_KEYRINGS = [Path("/usr/share/keyrings") / f"debian-archive-keyring.{end}" for end in ("pgp", "gpg")]

# Hooks of the machine's own apt (they clean its caches, refresh its software centre) have no business here.
_CONFIGURATION = """\
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Pre-Install-Pkgs;
#clear DPkg::Post-Invoke;
Dir::State "{state}";
Dir::State::status "{state}/status";
Dir::Cache "{state}/cache";
Dir::Etc::sourcelist "{state}/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
#clear APT::Architectures;
APT::Architecture "amd64";
APT::Architectures {{ "amd64"; }};
APT::Sandbox::User "root";
APT::Update::Error-Mode "any";
Acquire::Languages "none";
Acquire::Retries "3";
"""


def unpack(release: str, packages: list[str], place: Path) -> dict[str, str]:
    """Unpacks the release's current version of `packages` (amd64) into `place`; returns each one's version."""
    if platform.system() != "Linux" or platform.machine() != "x86_64":
        raise Unavailable(f"Debian {release}'s packages need Linux on x86-64")
    for program in ("apt-get", "dpkg-deb"):
        need(program)
    keyring = next((path for path in _KEYRINGS if path.exists()), None)
    if keyring is None:
        raise Unavailable("Debian's archive keys are missing (package `debian-archive-keyring`)")
    with tempfile.TemporaryDirectory(prefix="xlc-apt-") as state:
        apt = _private_apt(Path(state))
        _update_from_a_mirror(apt, Path(state), release, keyring)
        downloads = Path(state) / "debs"
        downloads.mkdir()
        run(*apt, "download", *packages, cwd=downloads)
        versions = {}
        for package in packages:
            (archive,) = downloads.glob(f"{package}_*.deb")
            run("dpkg-deb", "--extract", archive, place)
            versions[package] = run("dpkg-deb", "--field", archive, "Version").strip()
    return versions


def _private_apt(state: Path) -> list[str]:
    for part in ("lists/partial", "cache/archives/partial"):
        (state / part).mkdir(parents=True)
    (state / "status").touch()
    (state / "apt.conf").write_text(_CONFIGURATION.format(state=state))
    return ["apt-get", "--quiet", "--config-file", str(state / "apt.conf")]


def _update_from_a_mirror(apt: list[str], state: Path, release: str, keyring: Path) -> None:
    """Reads the release's package index from the first of the machine's mirrors that carries it, signed by Debian."""
    # Where the machine's own apt would look for its releases. (`indextargets` knows nothing before the first update.)
    addresses = run("apt-get", "--print-uris", "update")
    mirrors = list(dict.fromkeys(re.findall(r"^'(\S+)/dists/\S+/InRelease'", addresses, re.M)))
    failures = ["apt has no sources"]
    for mirror in mirrors:
        source = f"deb [arch=amd64 target=Packages signed-by={keyring}] {mirror} {release} main\n"
        (state / "sources.list").write_text(source)
        try:
            run(*apt, "update")
            return
        except Unavailable as error:
            failures.append(str(error))
    # The first mirror is the main one; those after it are for security fixes and third parties.
    raise Unavailable(f"none of apt's mirrors gave Debian {release}: {failures[:2][-1]}")
