import type { NamedPreset } from '../../remote/presets/preset.ts';

/** The operation of a preset that an endpoint is the path of; undefined for any other path. */
export function operationAt({ operations }: NamedPreset, endpoint: string): string | undefined {
  return Object.keys(operations).find((name) => bare(operations[name]?.path ?? '') === bare(endpoint));
}

function bare(path: string): string {
  return path.replaceAll(/^\/|\/$/g, '');
}
