import { WwiseFlowError } from '../../core/errors.ts';
import type { Artifact, ArtifactKey, ArtifactStore } from '../../core/stores/artifact-store.ts';
import type { ArtifactIndex, IndexedArtifact } from './artifact-index.ts';
import type { ContentStore } from './content-store.ts';

/** Artifacts of one workspace: what they are in an index, their contents in a content store. */
export function indexedArtifacts(
  index: ArtifactIndex,
  contents: ContentStore,
  workspace: string,
  now: () => number,
): ArtifactStore {
  const present = async (id: string): Promise<IndexedArtifact | undefined> => {
    const row = await index.get(id);
    return row === undefined || isExpired(row, now()) ? undefined : row;
  };

  const remove = async (ids: readonly string[]): Promise<number> => {
    if (ids.length === 0) return 0;
    const rows = await index.remove(ids);
    await contents.remove(rows.map(({ location }) => location));
    return rows.length;
  };

  return {
    put: async (artifact, content, durability) => {
      const { kind, run, name, contentType, expiresAtMs } = artifact;
      checkKey(artifact);
      const { location, bytes } = await contents.write({ kind, run, name }, content, durability);
      const id = [kind, workspace, run, name].join('/');
      const row = { id, kind, run, name, contentType, bytes, createdAtMs: now(), expiresAtMs };
      try {
        const former = await index.set({ ...row, location }, durability);
        if (former !== undefined) await contents.remove([former]);
      } catch (failure) {
        await contents.remove([location]);
        throw failure;
      }
      return row;
    },
    head: async (id) => withoutLocation(await present(id)),
    get: async (id, range) => {
      const row = await present(id);
      return row === undefined ? undefined : contents.read(row.location, row.bytes, range);
    },
    link: async (id, forMs) => {
      const row = await present(id);
      if (row === undefined) return undefined;
      const link = await contents.link(row.location, row.bytes, forMs);
      if (link === undefined || row.expiresAtMs === null) return link;
      return { ...link, expiresAtMs: Math.min(link.expiresAtMs ?? row.expiresAtMs, row.expiresAtMs) };
    },
    expire: async (id, expiresAtMs) => {
      if ((await present(id)) === undefined) return false;
      await index.expire(id, expiresAtMs);
      return true;
    },
    list: async (run) => {
      const rows = await index.list(run);
      return rows.filter((row) => !isExpired(row, now())).flatMap((row) => withoutLocation(row) ?? []);
    },
    runsBefore: (atMs) => index.runsBefore(atMs),
    remove,
    removeRuns: async (runs) => {
      let removed = 0;
      for (const run of runs) removed += await remove((await index.list(run)).map(({ id }) => id));
      return removed;
    },
    sweep: async () => {
      const removed = await remove((await index.expiredBy(now())).map(({ id }) => id));
      const old = await contents.abandoned(now() - LONGEST_PUT_MS);
      const known = await index.known(old);
      await contents.remove(old.filter((location) => !known.has(location)));
      return removed;
    },
  };
}

/** Between the content and its row no put takes longer. In milliseconds: a day. */
const LONGEST_PUT_MS = 86_400_000;

function isExpired({ expiresAtMs }: Artifact, nowMs: number): boolean {
  return expiresAtMs !== null && expiresAtMs <= nowMs;
}

function withoutLocation(row: IndexedArtifact | undefined): Artifact | undefined {
  if (row === undefined) return undefined;
  const { location: _location, ...artifact } = row;
  return artifact;
}

/** Parts of the id and names of folders: what they may hold is safe in both. */
function checkKey({ kind, run, name }: ArtifactKey): void {
  for (const [what, value] of Object.entries({ kind, run })) {
    if (/^[A-Za-z0-9_-]{1,100}$/.test(value)) continue;
    throw new WwiseFlowError('INVALID_INPUT', `"${value}" cannot be the ${what} of an artifact.`, {
      hint: 'Use 1 to 100 letters, digits, "_" and "-".',
      details: { [what]: value },
    });
  }
  if (name.length >= 1 && name.length <= 500) return;
  throw new WwiseFlowError('INVALID_INPUT', 'The name of an artifact has 1 to 500 characters.', {
    hint: 'Give it a shorter name, or one at all.',
    details: { name: name.slice(0, 100), length: name.length },
  });
}
