"""Measures generated Python against google's runtime (upb and pure Python) and betterproto2, on a small and a large
Study, and fails if it is not as fast as promised.

Run by `benches/python/run`. Each peer has a process of its own; they take turns in short rounds, so that what else the
machine does hits all of them. A figure is CPU time, the best of the rounds, as a multiple of what upb needs.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from peers import PEERS

REPOSITORY = Path(__file__).resolve().parent.parent.parent
CONTRACT = Path("radiology/study/v1/study.proto")
ROUNDS = 9
#: The CPU time of one round of one step.
ROUND_SECONDS = 0.03
#: The operations that the promises are about.
PROMISED = ("encode", "decode", "to json", "from json")
STEPS = ("build", "encode", "decode", "decode+read", "to json", "from json")
#: How many times as long google's pure Python must take.
TIMES_PURE = 5


def steps(name: str) -> dict[str, Callable[[], object]]:
    """What is measured of a peer, by name; `L` is the large message."""
    peer = PEERS[name]()
    found: dict[str, Callable[[], object]] = {}
    for prefix, make in (("", peer.small), ("L ", peer.large)):
        message: Any = make()
        like, encode, decode = type(message), peer.encode(message), peer.decode(type(message))
        data, text = encode(), peer.to_json(message)
        if decode(data) != message or peer.from_json(like, text) != message:
            sys.exit(f"{name} does not read what it wrote")
        found |= {
            prefix + "build": make,
            prefix + "encode": encode,
            prefix + "decode": lambda decode=decode, data=data: decode(data),
            prefix + "decode+read": lambda decode=decode, data=data: peer.read(decode(data)),
            prefix + "to json": lambda message=message: peer.to_json(message),
            prefix + "from json": lambda like=like, text=text: peer.from_json(like, text),
            prefix + "size": lambda data=data: len(data),
        }
    return found


def serve(name: str) -> None:
    """Answers `COUNT STEP` lines with the CPU seconds of that many calls."""
    sys.path.insert(0, str(Path.cwd()))
    functions = steps(name)
    print(functions["size"](), functions["L size"](), flush=True)
    for line in sys.stdin:
        count, _, step = line.strip().partition(" ")
        function, calls = functions[step], range(int(count))
        start = time.process_time()
        for _ in calls:
            function()
        print(time.process_time() - start, flush=True)


class Worker:
    """A process that measures one peer."""

    def __init__(self, name: str, directory: Path, env: dict[str, str]) -> None:
        command = [sys.executable, __file__, "--serve", name]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=directory, env=env, stdin=pipe, stdout=pipe, text=True)
        self.sizes = self.answer().split()
        self.counts: dict[str, int] = {}
        self.best: dict[str, float] = {}

    def answer(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            sys.exit("a peer has failed")
        return line

    def ask(self, step: str, count: int) -> float:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{count} {step}\n")
        self.process.stdin.flush()
        return float(self.answer())

    def measure(self, step: str) -> None:
        """One round of a step; the first one finds how many calls a round has."""
        count = self.counts.get(step, 1)
        taken = self.ask(step, count)
        while step not in self.counts and taken < ROUND_SECONDS / 2:
            count = max(count * 2, int(count * ROUND_SECONDS / max(taken, 1e-4)))
            taken = self.ask(step, count)
        self.counts[step] = count
        self.best[step] = min(taken / count, self.best.get(step, float("inf")))

    def close(self) -> None:
        self.process.communicate()


def import_times(environments: dict[str, dict[str, str]], directory: Path) -> dict[str, float]:
    """The seconds that importing each generated module adds to a bare start, best of several."""
    codes = {name: f"import {PEERS[name].module}" for name in environments}
    best = dict.fromkeys([*codes, ""], float("inf"))
    for _ in range(12):
        for name in best:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            command = [sys.executable, "-c", codes.get(name, "pass")]
            subprocess.run(command, cwd=directory, env=environments.get(name), check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            taken = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            best[name] = min(best[name], taken)
    return {name: best[name] - best[""] for name in codes}


def generate(directory: Path, xlc: Path) -> None:
    """Generates for every peer."""
    schemas = REPOSITORY / "schemas"
    files = [CONTRACT.as_posix(), CONTRACT.with_name("inference.proto").as_posix()]
    (directory / "bp").mkdir()
    outs = [f"--python_out={directory}", f"--python_betterproto2_out={directory / 'bp'}"]
    done = subprocess.run(["protoc", f"-I{schemas}", *outs, *files], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"protoc failed: {done.stderr}")
    command = [xlc, "gen", "python", "--out", directory / "gen", "--include", schemas]
    subprocess.run([*command, "--contract", schemas / CONTRACT, "-q"], cwd=directory, check=True)


def environment(name: str) -> dict[str, str]:
    env = dict(os.environ)
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # or importing would be compiling
    env["PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION"] = "python" if name == "google python" else "upb"
    return env


def table(found: dict[str, dict[str, float]]) -> None:
    print(f"{'':14}{'upb':>12}" + "".join(f"{name:>15}" for name in found if name != "upb"))
    for step, base in found["upb"].items():
        row = f"{step:14}{base * 1e6:>9.1f} us"
        print(row + "".join(f"{found[name][step] / base:>14.2f}x" for name in found if name != "upb"))


def broken(found: dict[str, dict[str, float]]) -> list[str]:
    """What of the promises is not true; prints how well they are kept."""
    least, faults = {"google python": float("inf"), "betterproto2": float("inf")}, []
    for step in [prefix + step for prefix in ("", "L ") for step in PROMISED]:
        for name, factor in (("google python", TIMES_PURE), ("betterproto2", 1)):
            ratio = found[name][step] / found["xlc"][step]
            least[name] = min(least[name], ratio)
            if ratio <= factor:
                faults.append(f"{step}: {name} takes {ratio:.2f} times as long, not more than {factor}")
    shown = ", ".join(f"{name} {ratio:.1f}x" for name, ratio in least.items())
    print(f"encode, decode and JSON take at least as many times as long: {shown}")
    return faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--xlc", type=Path, help="the xlc command")
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.serve:
        serve(arguments.serve)
        return 0
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        generate(directory, arguments.xlc.resolve())
        environments = {peer: environment(peer) for peer in PEERS}
        workers = {peer: Worker(peer, directory, env) for peer, env in environments.items()}
        for _ in range(ROUNDS):
            for step in [prefix + step for prefix in ("", "L ") for step in STEPS]:
                for worker in workers.values():
                    worker.measure(step)
        found = {peer: worker.best for peer, worker in workers.items()}
        for worker in workers.values():
            worker.close()
        for peer, taken in import_times(environments, directory).items():
            found[peer]["import"] = taken
    small, large = workers["xlc"].sizes
    version = sys.version.split()[0]
    print(f"CPython {version}; multiples of upb (a study of {small} bytes; L: of 1,000 series, {large} bytes)")
    table(found)
    faults = broken(found)
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
