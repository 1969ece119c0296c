import { type McpServer, ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { APP_ADDRESS, appAsResource, appPage } from '../app/mcp-app.ts';
import { listParams, refuseCursor } from '../list-request.ts';
import { followedAddresses } from '../subscriptions/followed-addresses.ts';
import type { FollowResources } from '../subscriptions/resource-updates.ts';
import type { ResourceCatalog } from './resource.ts';
import type { ResourceParts } from './resource-parts.ts';

/** What resources are offered of. */
export interface ResourceOffer extends ResourceParts {
  /** The picture of a run that hosts of MCP Apps show, as one file. */
  readonly appFile?: string | undefined;
  /** Announces what changes to this client; left out: it cannot subscribe, or the transport does that by itself. */
  readonly follow?: FollowResources | undefined;
}

const uriParams = z.looseObject({ uri: z.string() });

/** Lists, reads and follows the resources of an offer. What they are made of is loaded by the first request about them. */
export function offerResources({ server }: McpServer, offer: ResourceOffer): void {
  const { appFile, follow } = offer;
  let loading: Promise<ResourceCatalog> | undefined;
  const catalog = (): Promise<ResourceCatalog> => {
    loading ??= import('./catalog.ts').then(({ resourceCatalog }) => resourceCatalog(offer));
    return loading;
  };
  server.setRequestHandler('resources/list', { params: listParams }, async (params) => {
    refuseCursor(params);
    const { fixed } = await catalog();
    const listed = fixed.map(({ name, uri, title, description, mimeType }) => ({
      ...{ name, uri, title, description, mimeType },
    }));
    return { resources: [...listed, ...(appFile === undefined ? [] : [appAsResource])] };
  });
  server.setRequestHandler('resources/templates/list', { params: listParams }, async (params) => {
    refuseCursor(params);
    const { families } = await catalog();
    return {
      resourceTemplates: families.map(({ name, uriTemplate, title, description, mimeType }) => ({
        ...{ name, uriTemplate, title, description, mimeType },
      })),
    };
  });
  server.setRequestHandler('resources/read', { params: uriParams }, async ({ uri }) => {
    if (uri === APP_ADDRESS && appFile !== undefined) return { contents: [appPage(appFile)] };
    const { readResource } = await import('./read-resource.ts');
    return { contents: [{ uri, ...(await readResource(uri, await catalog())) }] };
  });
  if (follow === undefined) return;
  const followed = followedAddresses(follow, (uri) => {
    // A client that has gone hears nothing.
    server.sendResourceUpdated({ uri }).catch(() => undefined);
  });
  const subscribed = new Set<string>();
  server.setRequestHandler('resources/subscribe', { params: uriParams }, async ({ uri }) => {
    const { findResource } = await import('./find-resource.ts');
    const { unknownResource } = await import('./read-resource.ts');
    if (findResource(uri, await catalog()) === undefined) throw unknownResource(uri, await catalog());
    if (subscribed.has(uri)) return {};
    subscribed.add(uri);
    if (await followed.add(uri)) return {};
    subscribed.delete(uri);
    const message = 'So many resources are subscribed to already that no more are: unsubscribe from one.';
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, message);
  });
  server.setRequestHandler('resources/unsubscribe', { params: uriParams }, async ({ uri }) => {
    if (subscribed.delete(uri)) followed.remove(uri);
    return {};
  });
}
