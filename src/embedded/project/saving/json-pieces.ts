/**
 * The bytes of `{ ...head, [name]: [{ ...toJson(item), content }] }`, where `content` is the base64 of the item's bytes, in pieces of
 * bounded length: the whole may be longer than one text can be.
 */
export function* jsonPieces<T extends { readonly bytes: Uint8Array | null }>(
  head: object,
  name: string,
  items: readonly T[],
  toJson: (item: T) => object,
): Generator<Uint8Array> {
  yield Buffer.from(`${JSON.stringify(head).slice(0, -1)},${JSON.stringify(name)}:[`);
  for (const [index, item] of items.entries()) {
    const members = JSON.stringify(toJson(item)).slice(0, -1);
    yield Buffer.from(`${index === 0 ? '' : ','}${members},"content":`);
    yield* contentPieces(item.bytes);
    yield Buffer.from('}');
  }
  yield Buffer.from(']}');
}

function* contentPieces(bytes: Uint8Array | null): Generator<Uint8Array> {
  if (bytes === null) return yield Buffer.from('null');
  yield Buffer.from('"');
  for (const part of inParts(bytes)) yield Buffer.from(Buffer.from(part).toString('base64'));
  yield Buffer.from('"');
}

/** A file in parts that take a few milliseconds each; all but the last are whole groups of base64. */
export function* inParts(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += partBytes) yield bytes.subarray(at, at + partBytes);
}

const partBytes = 3 * 512 * 1024;
