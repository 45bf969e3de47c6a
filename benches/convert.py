"""Measures `xlc convert` against google.protobuf's json_format and fastavro on the same records.

Usage: python benches/convert.py --xlc PATH. Needs `protobuf`, `protoc` and `fastavro` (`scripts/toolchain python` has
them). All runs are on one machine in turns; a figure is the best of several rounds, in megabytes of input for a second
of CPU time. That of xlc includes its start and the loading of the contract; that of Python begins after its imports.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent / "schemas"
STUDY = "radiology/study/v1/study.proto"
MESSAGE = "radiology.study.v1.Study"
ROUNDS = 3
RECORDS = 3_000
GOOGLE, AVRO = "json_format", "fastavro"


def varint(number: int) -> bytes:
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def records(data: bytes) -> Any:
    """The messages of a stream with lengths."""
    at = 0
    while at < len(data):
        length = shift = 0
        while True:
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        yield data[at : at + length]
        at += length


def load(place: Path) -> Any:
    """The class of google.protobuf for the message of the bench."""
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

    described = place / "study.binpb"
    command = ["protoc", f"-I{ROOT}", "--include_imports", f"--descriptor_set_out={described}", STUDY]
    subprocess.run(command, check=True)
    pool = descriptor_pool.DescriptorPool()
    for file in descriptor_pb2.FileDescriptorSet.FromString(described.read_bytes()).file:
        pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(MESSAGE))


def study(cls: Any, chance: random.Random) -> Any:
    """A study with two series of three images, as an archive has thousands of them."""
    message = cls(
        id=f"st-{chance.randrange(10**9):09}",
        accession_number=f"A{chance.randrange(10**8)}",
        modality="CT",
        status=4,
        study_instance_uid=f"1.2.840.113619.2.55.{chance.randrange(10**12)}",
        description="Thorax – Kontrolle",
        body_parts=[2, 3],
        revision=chance.randrange(100),
        total_bytes=chance.randrange(10**9),
        labels={"trial": "NELSON-2", "site": "north"},
    )
    message.patient.pseudonym = f"{chance.randrange(2**64):016x}"
    message.patient.weight_kg = 71.5
    message.performed_at.seconds = 1_760_000_000 + chance.randrange(10**6)
    message.performed_at.nanos = chance.randrange(1000) * 1_000_000
    for number in range(2):
        series = message.series.add(series_instance_uid=f"1.2.840.{chance.randrange(10**15)}", series_number=number)
        series.exposure.nanos = chance.randrange(10**9)
        for image in range(3):
            instance = series.instances.add(
                sop_instance_uid=f"1.2.840.10008.{chance.randrange(10**15)}",
                instance_number=image,
                rows=512,
                columns=512,
                image_position_mm=[chance.uniform(-300, 300) for _ in range(3)],
                min_hounsfield=-1024,
                content_hash=chance.randrange(2**64),
                byte_length=chance.randrange(10**7),
                thumbnail=chance.randbytes(48),
            )
            instance.pixel_spacing.row_mm = instance.pixel_spacing.column_mm = 0.7
    return message


def text(value: Any) -> str:
    """What JSON has no form for: bytes, timestamps, decimals."""
    return value.hex() if isinstance(value, bytes) else str(value)


def cpu_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def cpu_of_command(command: list[str]) -> float:
    before = cpu_of_children()
    subprocess.run(command, check=True)
    return cpu_of_children() - before


def cpu_of(function: Callable[[], None]) -> float:
    before = time.process_time()
    function()
    return time.process_time() - before


class Bench:
    """The files of the bench, and the same work by either side."""

    def __init__(self, xlc: str, place: Path) -> None:
        self.xlc, self.place = xlc, place
        self.cls = load(place)
        chance = random.Random(1)
        messages = [study(self.cls, chance) for _ in range(RECORDS)]
        payloads = [message.SerializeToString(deterministic=True) for message in messages]
        self.bin, self.json = place / "studies.bin", place / "studies.jsonl"
        self.bin.write_bytes(b"".join(varint(len(payload)) + payload for payload in payloads))
        self.avro = place / "studies.avro"
        self.convert("bin", "json", self.bin, self.json)
        self.convert("bin", "avro", self.bin, self.avro)

    def convert(self, source: str, target: str, file: Path, out: Path) -> float:
        """Converts by xlc; the seconds of CPU time that it took."""
        contract = ["--contract", str(ROOT / STUDY), "--include", str(ROOT)]
        formats = ["--from", source, "--to", target, *(["--delimited"] if "bin" in (source, target) else [])]
        command = [self.xlc, "convert", *contract, *formats, "--message", MESSAGE, str(file), "--out", str(out)]
        return cpu_of_command(command)

    def google_to_json(self) -> None:
        from google.protobuf import json_format

        with (self.place / "google.jsonl").open("w", encoding="utf-8") as out:
            for payload in records(self.bin.read_bytes()):
                message = self.cls.FromString(payload)
                out.write(json_format.MessageToJson(message, indent=None, ensure_ascii=False) + "\n")

    def google_to_bin(self) -> None:
        from google.protobuf import json_format

        with self.json.open(encoding="utf-8") as lines, (self.place / "google.bin").open("wb") as out:
            for line in lines:
                payload = json_format.Parse(line, self.cls()).SerializeToString(deterministic=True)
                out.write(varint(len(payload)) + payload)

    def fastavro_to_json(self) -> None:
        import fastavro

        with self.avro.open("rb") as file, (self.place / "fastavro.jsonl").open("w", encoding="utf-8") as out:
            for record in fastavro.reader(file):
                out.write(json.dumps(record, default=text, ensure_ascii=False) + "\n")

    def fastavro_again(self) -> None:
        import fastavro

        with self.avro.open("rb") as file, (self.place / "fastavro.avro").open("wb") as out:
            reader = fastavro.reader(file)
            fastavro.writer(out, reader.writer_schema, reader)

    def run(self) -> None:
        ours = self.place / "ours"
        rows: list[tuple[str, Path, Callable[[], float], str, Callable[[], None]]] = [
            ("bin to json", self.bin, lambda: self.convert("bin", "json", self.bin, ours), GOOGLE, self.google_to_json),
            (
                "avro to json",
                self.avro,
                lambda: self.convert("avro", "json", self.avro, ours),
                AVRO,
                self.fastavro_to_json,
            ),
            (
                "avro to avro",
                self.avro,
                lambda: self.convert("avro", "avro", self.avro, ours),
                AVRO,
                self.fastavro_again,
            ),
            (
                "json to bin",
                self.json,
                lambda: self.convert("json", "bin", self.json, ours),
                GOOGLE,
                self.google_to_bin,
            ),
        ]
        files = {file.suffix[1:]: file.stat().st_size / 1e6 for _, file, _, _, _ in rows}
        listed = ", ".join(f"{size:.1f} MB of {suffix}" for suffix, size in files.items())
        print(f"{RECORDS:,} studies, {listed}; megabytes of input for a second of CPU time")
        print(f"{'':14}{'xlc':>8}{'the other':>24}{'ratio':>8}")
        for name, file, xlc, whose, other in rows:
            times = [(xlc(), cpu_of(other)) for _ in range(ROUNDS)]
            mine, theirs = (file.stat().st_size / 1e6 / min(column) for column in zip(*times, strict=True))
            print(f"{name:14}{mine:8.1f}{theirs:10.1f} by {whose:10}{mine / theirs:7.1f}x")
        same = self.bin.read_bytes() == (self.place / "google.bin").read_bytes()
        if not same or ours.read_bytes() != self.bin.read_bytes():
            sys.exit("the two disagree about the payloads")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0] if __doc__ else None)
    parser.add_argument("--xlc", default="xlc", help="the program to measure")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        Bench(arguments.xlc, Path(place)).run()


main()
