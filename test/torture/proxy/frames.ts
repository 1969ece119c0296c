/** Cuts a stream of WebSocket into its frames, behind the head of HTTP that comes first. */
export interface Frames {
  /** What is complete now: pieces in their order, the head as one of them. */
  push(bytes: Buffer): readonly { readonly bytes: Buffer; readonly isFrame: boolean }[];
}

export function framesOf(): Frames {
  let rest: Buffer = Buffer.alloc(0);
  let isPastHead = false;
  return {
    push(bytes) {
      rest = Buffer.concat([rest, bytes]);
      const pieces: { bytes: Buffer; isFrame: boolean }[] = [];
      for (;;) {
        const length = isPastHead ? frameLength(rest) : headLength(rest);
        if (length === undefined || length > rest.length) return pieces;
        pieces.push({ bytes: rest.subarray(0, length), isFrame: isPastHead });
        rest = rest.subarray(length);
        isPastHead = true;
      }
    },
  };
}

function headLength(bytes: Buffer): number | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  return end < 0 ? undefined : end + 4;
}

/** Of the frame that begins here; undefined where its head is not complete. */
function frameLength(bytes: Buffer): number | undefined {
  if (bytes.length < 2) return undefined;
  const second = bytes.readUInt8(1);
  const short = second & 0x7f;
  const mask = second >= 0x80 ? 4 : 0;
  if (short < 126) return 2 + mask + short;
  if (short === 126) return bytes.length < 4 ? undefined : 4 + mask + bytes.readUInt16BE(2);
  return bytes.length < 10 ? undefined : 10 + mask + Number(bytes.readBigUInt64BE(2));
}
