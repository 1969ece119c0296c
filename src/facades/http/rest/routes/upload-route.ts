import { WwiseFlowError } from '../../../../core/errors.ts';
import { success } from '../../../../core/result.ts';
import type { HttpParts } from '../../http-parts.ts';
import { listOf, objectOf } from '../query/json-fields.ts';
import type { RestRoute } from '../rest-route.ts';

/** Files for the inputs of workflows and commands: each comes back as a path that the caller's workspace may read for a day. */
export function uploadRoute({ keepUpload }: Pick<HttpParts, 'keepUpload'>): RestRoute {
  return {
    ...{ method: 'post', path: '/uploads', name: 'uploadFiles', scope: 'run', isForm: true, query: {} },
    summary: 'Send files, to give their paths as inputs',
    body: objectOf({
      file: { type: 'array', items: { type: 'string', contentMediaType: 'application/octet-stream' } },
    }),
    ...{ data: listOf('files'), statuses: [201] },
    async run({ body, caller }) {
      const sent =
        body instanceof FormData ? [...body.values()].filter((value) => value instanceof File) : [];
      if (sent.length === 0) throw noFile();
      const files: { name: string; filePath: string; sizeBytes: number }[] = [];
      for (const file of sent) {
        const content = new Uint8Array(await file.arrayBuffer());
        const filePath = await keepUpload(caller.workspace, file.name, content);
        files.push({ name: file.name, filePath, sizeBytes: content.byteLength });
      }
      return { result: success({ files }), status: 201 };
    },
  };
}

function noFile(): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', 'The form has no file.', {
    hint: 'Send at least one, as `curl -F file=@step.wav` does.',
  });
}
