import { attribute, childNamed, element, type WwuElement } from '../../wwu/tree.ts';
import type { RandomizerSpec } from '../editor.ts';
import { newGuid } from '../ids/guid.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { readFacts } from '../reading/read-facts.ts';
import { propertyElement } from '../reading/read-properties.ts';
import { ensureSection, insertSorted } from '../structure/sections.ts';
import { printValue } from '../types/value-text.ts';
import type { EditLog } from './edit-log.ts';

/**
 * Sets the randomizer of a property: a Modifier inside the Property. A switched-off one stays with Enabled False.
 * Enabled is always written, so that nobody depends on what an absent one means.
 */
export function writeRandomizer(
  log: EditLog,
  node: ObjectNode,
  property: string,
  spec: RandomizerSpec,
  platform: string | undefined,
): void {
  const modifier = modifierFor(log, node, property, platform);
  const wasEnabled = writtenValue(modifier, 'Enabled');
  const enabled = spec.enabled ?? (wasEnabled === undefined ? true : wasEnabled === 'True');
  write(log, modifier, 'Enabled', 'bool', enabled);
  if (spec.max !== undefined) write(log, modifier, 'Max', 'Real64', spec.max);
  if (spec.min !== undefined) write(log, modifier, 'Min', 'Real64', spec.min);
}

function modifierFor(
  log: EditLog,
  node: ObjectNode,
  property: string,
  platform: string | undefined,
): WwuElement {
  const facts = readFacts(node)?.property(property);
  const name = facts?.name ?? property;
  let target = propertyElement(node, name);
  if (target === undefined) {
    target = element('Property', { Name: name, Type: facts?.type ?? 'Real64' });
    insertSorted(log, ensureSection(log, node.element, 'PropertyList'), target);
  }
  const list = ensureSection(log, target, 'ModifierList');
  let info = list.children.find((entry) => attribute(entry, 'Platform') === platform);
  if (info === undefined) {
    info = element('ModifierInfo', { Platform: platform });
    log.insert(list, platform === undefined ? 0 : list.children.length, info);
  }
  const present = childNamed(info, 'Modifier');
  if (present !== undefined) return present;
  const made = element('Modifier', { Name: '', ID: newGuid() });
  log.insert(info, 0, made);
  return made;
}

function write(
  log: EditLog,
  modifier: WwuElement,
  name: string,
  type: string,
  value: number | boolean,
): void {
  const text = printValue(type, value);
  const list = ensureSection(log, modifier, 'PropertyList');
  const present = list.children.find((entry) => attribute(entry, 'Name') === name);
  if (present !== undefined) log.setAttribute(present, 'Value', text);
  else insertSorted(log, list, element('Property', { Name: name, Type: type, Value: text }));
}

function writtenValue(modifier: WwuElement, name: string): string | undefined {
  const written = childNamed(modifier, 'PropertyList')?.children.find(
    (entry) => attribute(entry, 'Name') === name,
  );
  return written === undefined ? undefined : attribute(written, 'Value');
}
