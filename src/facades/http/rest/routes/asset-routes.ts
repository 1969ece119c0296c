import { z } from 'zod';
import { parseInput } from '../../../../core/dispatch/input/parse-input.ts';
import { WwiseFlowError } from '../../../../core/errors.ts';
import { success } from '../../../../core/result.ts';
import type { Artifact, ArtifactStore } from '../../../../core/stores/artifact-store.ts';
import { anyObject, listOf, objectOf } from '../query/json-fields.ts';
import { skipQuery } from '../query/list-query.ts';
import { pageOf } from '../query/page-of.ts';
import type { RestRoute } from '../rest-route.ts';
import type { AssetLinks } from './asset-links.ts';

/** What runs left that is too large for an answer. The id of an asset has slashes, which stand in the address as they are. */
export function assetRoutes(links: AssetLinks): readonly RestRoute[] {
  return [assetsOfRun, getAsset, linkAsset(links)];
}

const assetsAsked = skipQuery('assets', ['id', 'bytes', 'contentType', 'createdAtMs', 'expiresAtMs'], {});

const assetsOfRun: RestRoute = {
  ...{ method: 'get', path: '/executions/{executionId}/assets', name: 'listAssets', scope: 'read' },
  summary: 'What a run left',
  ...{ query: assetsAsked.fields, body: null, data: listOf('assets'), statuses: [200] },
  async run({ params, query, room }) {
    const asked = assetsAsked.parse(query);
    const executionId = params.executionId ?? '';
    const status = await (await room.openService()).status(executionId);
    if (!status.ok) return { result: status };
    const assets = (await (await room.openArtifacts()).list(executionId)).map(shown);
    const { rows, total } = pageOf(assets, asked);
    return { result: success({ assets: [...rows] }), headers: { 'x-total-count': String(total) } };
  },
};

const getAsset: RestRoute = {
  ...{ method: 'get', path: '/assets/{assetId}', name: 'getAsset', scope: 'read' },
  summary: 'The content of an asset, or the part that Range asks for',
  ...{ query: {}, body: null, data: anyObject, statuses: [200, 206] },
  async run({ params, headers, room }) {
    return assetContent(await room.openArtifacts(), params.assetId ?? '', headers.get('range'));
  },
};

const linkInput = z.strictObject({
  seconds: z.int().min(1).max(604_800).default(3_600).describe('How long the link holds.'),
});

function linkAsset(links: AssetLinks): RestRoute {
  return {
    ...{ method: 'post', path: '/assets/{assetId}/link', name: 'linkAsset', scope: 'read', query: {} },
    summary: 'An address of an asset that needs no token and expires',
    body: objectOf({ seconds: { type: 'integer', minimum: 1, maximum: 604_800, default: 3_600 } }),
    ...{ data: anyObject, statuses: [201] },
    async run({ params, body, room, caller }) {
      const { seconds } = linkInput.parse(parseInput({ name: 'link', input: linkInput }, body));
      const { id } = await found(await room.openArtifacts(), params.assetId ?? '');
      const expiresAtMs = Date.now() + seconds * 1000;
      const url = `/assets/${id}?${links.sign(id, caller.workspace, expiresAtMs)}`;
      return { result: success({ url, expiresAtMs }), status: 201, headers: { location: url } };
    },
  };
}

/** The content, or the one part a `Range` asks for. Rejects with ARTIFACT_NOT_FOUND. */
export async function assetContent(
  store: ArtifactStore,
  id: string,
  range: string | null,
): Promise<Response> {
  const asset = await found(store, id);
  const headers = {
    'content-type': asset.contentType,
    'accept-ranges': 'bytes',
    // Whatever it is, it is no page of this server.
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(asset.name)}`,
  };
  const part = partOf(range, asset.bytes);
  if (part === 'beyond') {
    return new Response(null, {
      status: 416,
      headers: { ...headers, 'content-range': `bytes */${asset.bytes}` },
    });
  }
  const { first, last } = part ?? { first: 0, last: asset.bytes - 1 };
  const content = contentOf(store, id, first, last);
  const length = String(last - first + 1);
  if (part === undefined) return new Response(content, { headers: { ...headers, 'content-length': length } });
  const contentRange = `bytes ${first}-${last}/${asset.bytes}`;
  return new Response(content, {
    status: 206,
    headers: { ...headers, 'content-length': length, 'content-range': contentRange },
  });
}

async function found(store: ArtifactStore, id: string): Promise<Artifact> {
  const asset = await store.head(id);
  if (asset !== undefined) return asset;
  throw new WwiseFlowError('ARTIFACT_NOT_FOUND', `There is no asset "${id.slice(0, 300)}" (any more).`, {
    hint: 'GET /executions/{executionId}/assets lists what a run left.',
    details: { asset: id.slice(0, 300) },
  });
}

function shown({ id, bytes, contentType, createdAtMs, expiresAtMs }: Artifact) {
  return { id, bytes, contentType, createdAtMs, expiresAtMs };
}

/** Undefined: all of it. */
function partOf(range: string | null, bytes: number): { first: number; last: number } | 'beyond' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const first = from === '' ? Math.max(0, bytes - Number(to)) : Number(from);
  const last = from === '' || to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1);
  return first > last ? 'beyond' : { first, last };
}

const pieceBytes = 256 * 1024;

function contentOf(
  store: ArtifactStore,
  id: string,
  first: number,
  last: number,
): ReadableStream<Uint8Array> {
  let offset = first;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (offset > last) return controller.close();
      const piece = await store.get(id, { offset, bytes: Math.min(pieceBytes, last - offset + 1) });
      if (piece === undefined || piece.length === 0) return controller.error(new Error('The asset is gone.'));
      offset += piece.length;
      controller.enqueue(piece);
    },
  });
}
