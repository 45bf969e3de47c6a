// Says which JSON documents protobuf-es reads, one line each: `y` or `n`.
//
// usage: judge_es.mjs PACKAGE DESCRIPTOR_SET < LINES, each of them {"message": FULL_NAME, "text": TEXT}

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [packageDirectory, set] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(`${packageDirectory}/dist/esm/${path}`));
const { createFileRegistry, fromBinary, fromJsonString } = await load("index.js");
const { FileDescriptorSetSchema } = await load("wkt/index.js");

const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(set)));
const verdicts = [];
for (const line of readFileSync(0, "utf8").split("\n")) {
  if (line === "") continue;
  const task = JSON.parse(line);
  try {
    fromJsonString(registry.getMessage(task.message), task.text, { registry });
    verdicts.push("y");
  } catch {
    verdicts.push("n");
  }
}
process.stdout.write(`${verdicts.join("\n")}\n`);
