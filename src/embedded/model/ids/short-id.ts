/**
 * Short ids as Wwise computes them, measured on 34 projects: the ShortID attribute of a new object is the 30-bit fold of
 * the FNV-1 hash of its GUID's bytes; Events, Busses, game syncs and the like hash their lower-cased name to 32 bits.
 */
export function shortIdOfGuid(guid: string): number {
  return fold30(fnv1(guidBytes(guid)));
}

/** 32-bit id of an object that is known by its name at run time. */
export function shortIdOfName(name: string): number {
  return fnv1(new TextEncoder().encode(name.toLowerCase()));
}

/** FNV-1 with 32 bits: multiply first, then xor. */
function fnv1(bytes: Uint8Array): number {
  let hash = 2166136261;
  for (const byte of bytes) hash = (Math.imul(hash, 16777619) ^ byte) >>> 0;
  return hash;
}

function fold30(hash: number): number {
  return ((hash >>> 30) ^ (hash & 0x3fffffff)) >>> 0;
}

/** The 16 bytes in Microsoft's layout: the first three groups little-endian, the last eight bytes as printed. */
function guidBytes(guid: string): Uint8Array {
  const hex = guid.replace(/[{}-]/g, '');
  const bytes = Uint8Array.from({ length: 16 }, (_, index) =>
    Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16),
  );
  return Uint8Array.from(
    [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15],
    (index) => bytes[index] ?? 0,
  );
}
