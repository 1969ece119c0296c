import { attribute, childNamed, type WwuElement } from '../../wwu/tree.ts';
import type { ObjectNode } from '../index/object-node.ts';
import type { PropertyFacts, PropertyValue, WwiseObject } from '../model.ts';
import { parseValue } from '../types/value-text.ts';
import { overrideFor } from './overrides.ts';
import { readFacts } from './read-facts.ts';

/**
 * The value stored on the object for a platform (by name), or its default: a property equal to its default is not
 * written. Undefined when neither the type nor the file knows the property.
 */
export function readProperty(node: ObjectNode, name: string, platform: string): PropertyValue | undefined {
  return readPropertyOf(node, readFacts(node)?.property(name), name, platform);
}

/** The same where the facts of the property are known. */
export function readPropertyOf(
  node: ObjectNode,
  facts: PropertyFacts | undefined,
  name: string,
  platform: string,
): PropertyValue | undefined {
  const written = propertyElement(node, facts?.name ?? name);
  if (facts?.name === 'PropertyName' && written === undefined) {
    const driven = drivenProperty(node);
    if (driven !== undefined) return attribute(driven, 'Name') ?? '';
  }
  const text = written === undefined ? undefined : valueText(written, platform);
  if (text === undefined) return facts?.default;
  return parseValue(facts?.type ?? attribute(written ?? node.element, 'Type') ?? 'string', text);
}

/** The value in effect: the nearest ancestor-or-self that overrides, or the topmost object that has the property. */
export function readEffectiveProperty(
  node: ObjectNode,
  name: string,
  platform: string,
): PropertyValue | undefined {
  return readProperty(inEffect(node, name), name, platform);
}

/** The object whose own value of the member is in effect for `node`. */
export function inEffect(node: ObjectNode, member: string): ObjectNode {
  const override = overrideFor(member);
  if (override === undefined) return node;
  let at = node;
  for (;;) {
    const facts = readFacts(at);
    if (facts?.property(override) === undefined || readProperty(at, override, '') === true) return at;
    const above = inheritedFrom(at, member);
    if (above === null) return at;
    at = above;
  }
}

/** The next object above that has the member; Work Units and folders between two objects take no part in what is inherited. */
export function inheritedFrom(node: ObjectNode, member: string): ObjectNode | null {
  let at = node.parent;
  while (at !== null && ['WorkUnit', 'Folder'].includes(at.type) && !hasMember(at, member)) at = at.parent;
  return at !== null && hasMember(at, member) ? at : null;
}

/** The Property element of that exact name, when the file has one. */
export function propertyElement(node: ObjectNode, name: string): WwuElement | undefined {
  for (const candidate of childNamed(node.element, 'PropertyList')?.children ?? []) {
    if (sameName(attribute(candidate, 'Name'), name)) return candidate;
  }
  return undefined;
}

/** The Property an RTPC of a former version stands in and so drives; undefined for one in a list. */
export function drivenProperty(rtpc: ObjectNode): WwuElement | undefined {
  const list = rtpc.element.parent;
  return rtpc.type === 'RTPC' && list?.name === 'RTPCList' ? (list.parent ?? undefined) : undefined;
}

/** The text of a Property: its Value attribute, the platform's value, or the linked one. */
export function valueText(property: WwuElement, platform: string): string | undefined {
  const plain = attribute(property, 'Value');
  if (plain !== undefined) return plain;
  let linked: string | undefined;
  let first: string | undefined;
  for (const value of childNamed(property, 'ValueList')?.children ?? []) {
    const text = value.text ?? '';
    const owner = attribute(value, 'Platform');
    if (owner === undefined) linked = text;
    else if (owner === platform) return text;
    first ??= text;
  }
  return linked ?? first;
}

/** The Modifier of a randomized property. */
export function randomizerElement(node: ObjectNode, property: string): WwuElement | undefined {
  const written = propertyElement(node, property);
  const modifierList = written === undefined ? undefined : childNamed(written, 'ModifierList');
  const info = modifierList === undefined ? undefined : childNamed(modifierList, 'ModifierInfo');
  return info === undefined ? undefined : childNamed(info, 'Modifier');
}

function hasMember(object: WwiseObject & ObjectNode, member: string): boolean {
  const facts = readFacts(object);
  if (facts === undefined) return false;
  return (facts.property(member) ?? facts.reference(member) ?? facts.list(member)) !== undefined;
}

/** Without case. Most names differ in length, which costs less to see. */
export function sameName(written: string | undefined, wanted: string): boolean {
  if (written === wanted) return true;
  return written?.length === wanted.length && written.toLowerCase() === wanted.toLowerCase();
}
