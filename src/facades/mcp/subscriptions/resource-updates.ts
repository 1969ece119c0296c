import { hashJson } from '../../../core/canonical-json.ts';
import { toWwiseFlowError } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import { resourceCatalog } from '../resources/catalog.ts';
import { type FoundResource, findResource } from '../resources/find-resource.ts';
import type { ResourceParts } from '../resources/resource-parts.ts';
import type { WorkspaceChanges } from './workspace-changes.ts';

/** Has somebody notified each time the resource at an address reads otherwise than before, until the function it gives is called. */
export type FollowResources = (uri: string, onUpdated: () => void) => Promise<() => void>;

export interface FollowedParts extends ResourceParts {
  readonly changes: WorkspaceChanges;
  readonly log: Log;
}

/**
 * Follows resources by reading them again after whatever may have changed them: what is announced is a difference that a
 * reader sees. Runs that other processes execute announce nothing here, so runs are looked at from time to time as well.
 */
export function resourceUpdates(parts: FollowedParts): FollowResources {
  const catalog = resourceCatalog(parts);
  return async (uri, onUpdated) => {
    const found = findResource(uri, catalog);
    if (found === undefined || found.changesWith === 'nothing') return () => {};
    const { changesWith } = found;
    let seen = '';
    let waits: NodeJS.Timeout | undefined;
    let isOver = false;
    const look = async (): Promise<void> => {
      const now = await digestOf(found);
      waits = undefined;
      if (isOver || now === seen) return;
      seen = now;
      onUpdated();
    };
    const lookSoon = (): void => {
      waits ??= setTimeout(() => void look(), calmMs);
    };
    const end = parts.changes.follow((change) => {
      if (changesWith === 'both' || changesWith === change) lookSoon();
    });
    const looks = changesWith === 'project' ? undefined : setInterval(lookSoon, lookEveryMs).unref();
    seen = await digestOf(found);
    parts.log.debug({ uri }, 'a client follows a resource');
    return () => {
      isOver = true;
      clearTimeout(waits);
      clearInterval(looks);
      end();
    };
  };
}

/** A step of work is many changes. */
const calmMs = 100;
const lookEveryMs = 2_000;

/** Of what a reader would see, without the time that has gone by; what cannot be read differs by why. */
async function digestOf(found: FoundResource): Promise<string> {
  try {
    const read = await found.read();
    if ('text' in read) return hashJson(read.text);
    const shown = read.ok ? read.data : { code: read.code };
    return hashJson(
      JSON.stringify(shown).replaceAll(/"(?:durationMs|elapsedMs|ageMs)":\d+(?:\.\d+)?,?/g, ''),
    );
  } catch (thrown) {
    return toWwiseFlowError(thrown).code;
  }
}
