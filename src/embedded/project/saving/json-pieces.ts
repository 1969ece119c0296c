/** The bytes of `{ ...head, [name]: items.map(toJson) }`, item by item: the whole may be longer than one text can be. */
export function* jsonPieces<T>(
  head: object,
  name: string,
  items: readonly T[],
  toJson: (item: T) => unknown,
): Generator<Uint8Array> {
  yield Buffer.from(`${JSON.stringify(head).slice(0, -1)},${JSON.stringify(name)}:[`);
  for (const [index, item] of items.entries())
    yield Buffer.from(`${index === 0 ? '' : ','}${JSON.stringify(toJson(item))}`);
  yield Buffer.from(']}');
}
