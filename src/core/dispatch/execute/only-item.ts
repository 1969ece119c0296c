import { isJsonObject } from '../../json.ts';
import type { BatchItem, DispatchOptions } from '../bus.ts';

/** A single call as a batch of one. */
export function onlyItem(command: string, input: unknown, options: DispatchOptions): BatchItem {
  return {
    nodeId: '',
    command,
    input: isJsonObject(input) ? input : {},
    scope: options.scope,
    forceRerun: options.forceRerun ?? false,
    reads: [],
    onIntent: (before) => options.onIntent?.(before),
    ...(options.onChanged === undefined ? {} : { onChanged: options.onChanged }),
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
    ...(options.onImport === undefined ? {} : { onImport: options.onImport }),
    resolve: () => input,
  };
}
