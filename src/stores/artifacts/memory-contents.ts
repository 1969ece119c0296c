import type { ContentStore } from './content-store.ts';

/** Contents in memory, for stores that have no directory. They have no address for other programs but their bytes. */
export function memoryContents(): ContentStore {
  const contents = new Map<string, Uint8Array>();
  let written = 0;
  return {
    write: async (_key, content) => {
      const whole = await collected(content);
      written += 1;
      const location = String(written);
      contents.set(location, whole);
      return { location, bytes: whole.byteLength };
    },
    read: async (location, _bytes, range) => {
      const whole = contents.get(location);
      return range === undefined ? whole?.slice() : whole?.slice(range.offset, range.offset + range.bytes);
    },
    link: async (location) => {
      const whole = contents.get(location);
      if (whole === undefined) return undefined;
      const base64 = Buffer.from(whole).toString('base64');
      return { url: `data:application/octet-stream;base64,${base64}`, expiresAtMs: null };
    },
    remove: async (locations) => {
      for (const location of locations) contents.delete(location);
    },
    // A put that was cut off took its process, and so this memory, with it.
    abandoned: async () => [],
  };
}

async function collected(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  if (content instanceof Uint8Array) return content.slice();
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk.slice());
  return new Uint8Array(Buffer.concat(chunks));
}
