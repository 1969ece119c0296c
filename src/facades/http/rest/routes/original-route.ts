import { closeSync, fstatSync, read as readCallback } from 'node:fs';
import { promisify } from 'node:util';
import { openRegularFile } from '../../../../core/files/regular-file.ts';
import { asString } from '../../../../core/json.ts';
import type { HttpParts } from '../../http-parts.ts';
import { anyObject } from '../query/json-fields.ts';
import type { RestRoute } from '../rest-route.ts';

/** The audio that a source plays, as it lies in the Originals: to be heard where there is no Wwise. */
export function originalRoute({ findOriginal }: Pick<HttpParts, 'findOriginal'>): RestRoute {
  return {
    ...{ method: 'get', path: '/originals/{sourceId}', name: 'getOriginal', scope: 'read' },
    summary: 'The audio file of an audio source',
    ...{ query: {}, body: null, data: anyObject, statuses: [200] },
    async run({ params, caller }) {
      const found = await findOriginal(caller.workspace, params.sourceId ?? '');
      if (!found.ok) return { result: found };
      return fileContent(asString(found.data.filePath) ?? '');
    },
  };
}

const readPiece = promisify(readCallback);
const pieceBytes = 256 * 1024;

/** The bytes of a file as they are read; whoever hangs up closes it. */
function fileContent(filePath: string): Response {
  const file = openRegularFile(filePath);
  const { size } = fstatSync(file);
  let left = size;
  const content = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = new Uint8Array(Math.min(pieceBytes, left));
      const { bytesRead } =
        left === 0 ? { bytesRead: 0 } : await readPiece(file, piece, 0, piece.length, null);
      if (bytesRead === 0) {
        closeSync(file);
        controller.close();
        return;
      }
      left -= bytesRead;
      controller.enqueue(piece.subarray(0, bytesRead));
    },
    cancel: () => closeSync(file),
  });
  const type = /\.wav$/i.test(filePath) ? 'audio/wav' : 'application/octet-stream';
  return new Response(content, { headers: { 'content-type': type, 'content-length': String(size) } });
}
