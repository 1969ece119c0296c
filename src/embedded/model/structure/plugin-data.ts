import type { WwuElement } from '../../wwu/tree.ts';

/**
 * The GUIDs that a plug-in wrote into its own data, upper case, each once: Game Parameters that drive it, other objects it
 * works with. The data is not looked into any further.
 */
export function guidsInPluginData({ form, text }: WwuElement): readonly string[] {
  if (form !== 'raw' || text === null || !text.includes('{')) return [];
  return [...new Set(Array.from(text.matchAll(guids), ([guid]) => guid.toUpperCase()))];
}

const guids = /\{[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}/g;
