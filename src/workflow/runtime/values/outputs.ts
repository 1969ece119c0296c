import { asJsonObject, type JsonObject } from '../../../core/json.ts';
import type { Artifact, ArtifactStore } from '../../../core/stores/artifact-store.ts';
import { isOverBytes } from '../../../core/stores/row-size.ts';
import type { Values } from '../../expressions/resolve.ts';
import { artifactGone } from '../answers/read-artifact.ts';
import { earlierOutputFile, readEarlierOutput } from './earlier-outputs.ts';

/** The kind of the artifacts that hold what nodes gave. */
export const OUTPUT_ARTIFACT = 'output';

/** How an answer and a journal name an artifact. */
export type NamedArtifact = {
  readonly id: string;
  readonly bytes: number;
  /** A media type. */
  readonly contentType: string;
};

/** An output as a row has it: whole in `data`, or, over the cap, in an artifact; `data` is empty then. */
export interface KeptOutput {
  readonly data: JsonObject;
  readonly artifact?: NamedArtifact | undefined;
}

/** What the nodes of a run gave. Outputs over the cap are artifacts, and are read when a reference asks. */
export interface Outputs {
  /** Takes in an output. A promise for one over the cap, which rejects with what keeps the artifact from being written. */
  keep(node: string, output: JsonObject): KeptOutput | Promise<KeptOutput>;
  /** Takes in what stood for an output in the row of an earlier part of the run. */
  adopt(node: string, kept: KeptOutput): void;
  /** What a node gave; undefined when it gave nothing, or when it is an artifact: then `valuesFor` has it. */
  read(node: string): JsonObject | undefined;
  /** Values in which the outputs of these nodes can be read, artifacts too. Rejects with ARTIFACT_NOT_FOUND for a lost one. */
  valuesFor(nodes: () => readonly string[], values: Values): Values | Promise<Values>;
}

export interface OutputPlace {
  readonly executionId: string;
  /** Without it everything stays in the rows. */
  readonly artifacts: ArtifactStore | undefined;
  /** Where earlier versions wrote what was over the cap. */
  readonly dir: string | undefined;
  readonly capBytes: number;
}

export function createOutputs({ executionId, artifacts, dir, capBytes }: OutputPlace): Outputs {
  const rows = new Map<string, JsonObject>();
  const spilled = new Map<string, () => Promise<JsonObject>>();
  let lastRead: { readonly node: string; readonly output: Promise<JsonObject> } | undefined;

  const stay = (node: string, output: JsonObject): KeptOutput => {
    spilled.delete(node);
    rows.set(node, output);
    return { data: output };
  };

  const spill = async (store: ArtifactStore, node: string, text: string): Promise<KeptOutput> => {
    const named = await store.put(
      {
        ...{ kind: OUTPUT_ARTIFACT, run: executionId, name: node },
        ...{ contentType: 'application/json', expiresAtMs: null },
      },
      Buffer.from(text),
      'killSafe',
    );
    const artifact = nameOfArtifact(named);
    rows.delete(node);
    spilled.set(node, () => readOutput(store, artifact));
    return { data: {}, artifact };
  };

  /** Several nodes that read one output mostly follow each other. */
  const readSpilled = (node: string, read: () => Promise<JsonObject>): Promise<JsonObject> => {
    if (lastRead?.node !== node) {
      const output = read();
      lastRead = { node, output };
      output.catch(() => {
        if (lastRead?.output === output) lastRead = undefined;
      });
    }
    return lastRead.output;
  };

  return {
    keep: (node, output) => {
      if (lastRead?.node === node) lastRead = undefined;
      if (artifacts === undefined) return stay(node, output);
      const text = JSON.stringify(output);
      return isOverBytes(text, capBytes) ? spill(artifacts, node, text) : stay(node, output);
    },
    adopt: (node, { data, artifact }) => {
      const file = dir === undefined || artifact !== undefined ? undefined : earlierOutputFile(data, dir);
      if (artifact !== undefined) spilled.set(node, () => readOutput(artifacts, artifact));
      else if (file !== undefined) spilled.set(node, () => readEarlierOutput(file));
      else stay(node, data);
    },
    read: (node) => rows.get(node),
    valuesFor: (nodes, values) => {
      if (spilled.size === 0) return values;
      const wanted = [...new Set(nodes())].flatMap((node) => {
        const read = spilled.get(node);
        return read === undefined ? [] : [{ node, read }];
      });
      if (wanted.length === 0) return values;
      return Promise.all(
        wanted.map(async ({ node, read }) => [node, await readSpilled(node, read)] as const),
      ).then((pairs) => {
        const loaded = new Map(pairs);
        return { ...values, output: (node: string) => loaded.get(node) ?? values.output(node) };
      });
    },
  };
}

/** What an answer says of an artifact. */
export function nameOfArtifact({ id, bytes, contentType }: Artifact): NamedArtifact {
  return { id, bytes, contentType };
}

/** The content of an output that is an artifact. Rejects with ARTIFACT_NOT_FOUND for a lost one. */
export async function readOutput(
  store: ArtifactStore | undefined,
  { id }: NamedArtifact,
): Promise<JsonObject> {
  const content = await store?.get(id);
  if (content === undefined) throw artifactGone(id);
  const output: unknown = JSON.parse(Buffer.from(content).toString('utf8'));
  return asJsonObject(output);
}
