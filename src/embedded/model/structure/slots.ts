import type { TypeFacts } from '../model.ts';
import { factsOfType } from '../types/type-table.ts';

/** How 2025.1 writes a slot: a PluginInnerObject that names its type, by numbers that are the type's class id. */
export function slotPlugin(type: string): Readonly<Record<string, string>> | undefined {
  const facts = factsOfType(type);
  if (facts === undefined || !isSlot(facts)) return undefined;
  return { PluginName: facts.name, CompanyID: '0', PluginID: String(facts.classId >>> 16) };
}

/** Facts of the slot type a PluginInnerObject is; undefined for the inner objects of real plug-ins. */
export function slotFacts(pluginName: string): TypeFacts | undefined {
  const facts = factsOfType(pluginName);
  return facts !== undefined && isSlot(facts) ? facts : undefined;
}

/** Slots have neither company nor plug-in type: the low half of their class id is 0 (PlaylistSlot 86, measured). */
function isSlot({ name, classId }: TypeFacts): boolean {
  return name.endsWith('Slot') && (classId & 0xffff) === 0;
}
