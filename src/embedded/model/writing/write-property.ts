import { attribute, childNamed, element, type WwuElement } from '../../wwu/tree.ts';
import { firstSchemaWithoutPlay } from '../creating/new-object.ts';
import type { ObjectNode } from '../index/object-node.ts';
import type { PropertyFacts, PropertyValue } from '../model.ts';
import { readFacts } from '../reading/read-facts.ts';
import { propertyElement } from '../reading/read-properties.ts';
import { ensureSection, insertSorted, removeAndPrune } from '../structure/sections.ts';
import { parseValue, printValue } from '../types/value-text.ts';
import type { EditLog } from './edit-log.ts';

export interface PlatformNames {
  /** Of the project, in its order. */
  readonly all: readonly string[];
  readonly current: string;
}

/**
 * Writes one value. Linkable properties take a ValueList, others a Value attribute (decided by the property, measured on
 * 29,290 of 29,290). A linked value equal to the default is not written: the Property goes, unless it holds more.
 */
export function writeProperty(
  log: EditLog,
  node: ObjectNode,
  property: string,
  value: PropertyValue,
  platform: string | undefined,
  platforms: PlatformNames,
): void {
  const facts = readFacts(node)?.property(property);
  const present = propertyElement(node, facts?.name ?? property);
  const type =
    facts?.type ?? (present === undefined ? undefined : attribute(present, 'Type')) ?? typeOfValue(value);
  const text = printValue(type, value);
  const isSaidAlways = facts?.name === 'ActionType' && node.file.schema < firstSchemaWithoutPlay;
  if (platform === undefined && facts !== undefined && isDefault(facts, text) && !isSaidAlways) {
    if (present === undefined) return;
    if (holdsOnlyLinkedValue(present)) {
      removeAndPrune(log, present);
      return;
    }
  }
  const target = present ?? insertProperty(log, node, facts?.name ?? property, type);
  const isLinkable = facts?.unlink ?? childNamed(target, 'ValueList') !== undefined;
  if (attribute(target, 'Value') !== undefined || (!isLinkable && platform === undefined)) {
    log.setAttribute(target, 'Value', text);
    return;
  }
  writeValueList(log, target, text, platform, platforms, facts, type);
}

function writeValueList(
  log: EditLog,
  property: WwuElement,
  text: string,
  platform: string | undefined,
  platforms: PlatformNames,
  facts: PropertyFacts | undefined,
  type: string,
): void {
  const isNew = childNamed(property, 'ValueList') === undefined;
  const list = ensureSection(log, property, 'ValueList');
  const linked = list.children.find((value) => attribute(value, 'Platform') === undefined);
  const ownsCurrent = list.children.some((value) => attribute(value, 'Platform') === platforms.current);
  // Where the current platform has a value of its own, or every platform has, that one is meant, as Wwise does.
  const isUnlinked = ownsCurrent || (linked === undefined && !isNew && list.children.length > 0);
  const owner = platform ?? (isUnlinked ? platforms.current : undefined);
  if (owner === undefined) {
    if (linked === undefined) log.insert(list, 0, element('Value', {}, text));
    else log.setText(linked, text);
    return;
  }
  if (isNew && facts !== undefined)
    log.insert(list, 0, element('Value', {}, printValue(type, facts.default)));
  const own = list.children.find((value) => attribute(value, 'Platform') === owner);
  if (own !== undefined) {
    log.setText(own, text);
    return;
  }
  const rank = platforms.all.indexOf(owner);
  const at = list.children.findIndex(
    (value) => platforms.all.indexOf(attribute(value, 'Platform') ?? '') > rank,
  );
  log.insert(list, at === -1 ? list.children.length : at, element('Value', { Platform: owner }, text));
}

function insertProperty(log: EditLog, node: ObjectNode, name: string, type: string): WwuElement {
  const made = element('Property', { Name: name, Type: type });
  insertSorted(log, ensureSection(log, node.element, 'PropertyList'), made);
  return made;
}

/** Equal as the file would write it: -6.0 and -6 are the same value. */
function isDefault(facts: PropertyFacts, text: string): boolean {
  return printValue(facts.type, facts.default) === text || parseValue(facts.type, text) === facts.default;
}

function holdsOnlyLinkedValue(property: WwuElement): boolean {
  if (property.children.length === 0) return true;
  const [only, ...others] = property.children;
  if (only?.name !== 'ValueList' || others.length > 0) return false;
  return only.children.every((value) => attribute(value, 'Platform') === undefined);
}

function typeOfValue(value: PropertyValue): string {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  return Number.isInteger(value) ? 'int32' : 'Real64';
}
