import { WwiseFlowError } from '../../../core/errors.ts';

/** What of bodies is held in memory, of all requests together. */
export interface BodyRoom {
  /**
   * The body of a request, at most so many bytes of it.
   * @throws WwiseFlowError PAYLOAD_TOO_LARGE for a larger one, RATE_LIMITED when too much is held for others
   */
  read(request: Request, mostBytes: number): Promise<Buffer>;
}

/** Room for so many bytes at once. */
export function createBodyRoom(mostHeldBytes: number): BodyRoom {
  let heldBytes = 0;
  return {
    async read(request, mostBytes) {
      if (Number(request.headers.get('content-length') ?? 0) > mostBytes) throw tooLarge(mostBytes);
      if (request.body === null) return Buffer.alloc(0);
      const reader = request.body.getReader();
      const pieces: Uint8Array[] = [];
      let bytes = 0;
      try {
        for (let next = await reader.read(); !next.done; next = await reader.read()) {
          bytes += next.value.byteLength;
          heldBytes += next.value.byteLength;
          if (bytes > mostBytes) throw tooLarge(mostBytes);
          if (heldBytes > mostHeldBytes) throw noRoom();
          pieces.push(next.value);
        }
        return Buffer.concat(pieces);
      } catch (thrown) {
        // The answer does not wait for the rest, which may never come.
        reader.cancel().catch(() => undefined);
        throw thrown;
      } finally {
        heldBytes -= bytes;
      }
    },
  };
}

function tooLarge(mostBytes: number): WwiseFlowError {
  return new WwiseFlowError('PAYLOAD_TOO_LARGE', `The body is larger than ${mostBytes} bytes.`, {
    hint: 'Send less at once; files go to /uploads.',
    details: { mostBytes },
  });
}

function noRoom(): WwiseFlowError {
  return new WwiseFlowError('RATE_LIMITED', 'The server holds too many large bodies at the moment.', {
    hint: 'Wait a second, then send it again.',
    details: { retryAfterMs: 1_000 },
  });
}
