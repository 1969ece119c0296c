import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashJson } from '../../core/canonical-json.ts';
import { asJsonObject, type JsonObject } from '../../core/json.ts';

/** Longest output that stays in a row when nothing else is said, in bytes of JSON. */
export const DEFAULT_OUTPUT_CAP_BYTES = 262_144;

/** What the nodes of a run gave. Outputs over the cap live in a file and are read from there when a reference asks. */
export interface Outputs {
  /** Takes in an output; gives what stands for it in the row: itself, or `{ artifact, bytes }`. */
  keep(node: string, output: JsonObject): JsonObject;
  /** Takes in what stood for an output in the row of an earlier part of the run. */
  adopt(node: string, data: JsonObject): void;
  read(node: string): JsonObject | undefined;
}

/** `dir`: where the artifacts of this run go; without it nothing is spilled. Throws when an artifact cannot be written or read. */
export function createOutputs(dir: string | undefined, capBytes: number): Outputs {
  const rows = new Map<string, JsonObject>();
  let lastRead: { readonly node: string; readonly output: JsonObject } | undefined;

  const spill = (node: string, text: string): JsonObject => {
    const folder = dir ?? '';
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const artifact = join(folder, `${fileNameOf(node)}.json`);
    writeFileSync(artifact, text, { mode: 0o600 });
    return { artifact, bytes: Buffer.byteLength(text) };
  };

  return {
    keep: (node, output) => {
      const text = dir === undefined ? '' : JSON.stringify(output);
      const data = text.length > capBytes ? spill(node, text) : output;
      rows.set(node, data);
      return data;
    },
    adopt: (node, data) => {
      rows.set(node, data);
    },
    read: (node) => {
      const data = rows.get(node);
      if (data === undefined || !isSpilled(data)) return data;
      if (lastRead?.node !== node) {
        lastRead = { node, output: asJsonObject(JSON.parse(readFileSync(data.artifact, 'utf8'))) };
      }
      return lastRead.output;
    },
  };
}

/** Whether a row's data only says where the output lies. */
function isSpilled(data: JsonObject): data is { readonly artifact: string; readonly bytes: number } {
  const { artifact, bytes } = data;
  return typeof artifact === 'string' && typeof bytes === 'number' && Object.keys(data).length === 2;
}

/** Node ids may hold what file names may not; the hash keeps two of them apart. */
function fileNameOf(node: string): string {
  return `${node.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 60)}-${hashJson(node).slice(0, 8)}`;
}
