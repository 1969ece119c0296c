import { attribute, childNamed, element } from '../../wwu/tree.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { removeAndPrune } from '../structure/sections.ts';
import { printValue } from '../types/value-text.ts';
import type { EditLog } from '../writing/edit-log.ts';
import { type PlatformNames, writeProperty } from '../writing/write-property.ts';
import { readFacts } from './read-facts.ts';
import { propertyElement, readProperty, valueText } from './read-properties.ts';

/** False when the platform has a value or a randomizer of its own; what is not in the file, and every reference, is linked. */
export function readLinked(node: ObjectNode, property: string, platform: string): boolean {
  const written = propertyElement(node, property);
  if (written === undefined) return true;
  return !['ValueList', 'ModifierList'].some((section) =>
    (childNamed(written, section)?.children ?? []).some((entry) => attribute(entry, 'Platform') === platform),
  );
}

/** Unlinking gives the platform the value it has now; linking drops its own value and randomizer. */
export function writeLinked(
  log: EditLog,
  node: ObjectNode,
  property: string,
  platform: string,
  linked: boolean,
  platforms: PlatformNames,
): void {
  if (readLinked(node, property, platform) === linked) return;
  const value = readProperty(node, property, platform);
  if (value === undefined) return;
  if (!linked) {
    writeProperty(log, node, property, value, platform, platforms);
    return;
  }
  const written = propertyElement(node, property);
  if (written === undefined) return;
  const values = childNamed(written, 'ValueList');
  const hasLinked = values?.children.some((entry) => attribute(entry, 'Platform') === undefined);
  // Without a shared value every platform has its own: the current platform's becomes the shared one.
  if (values !== undefined && hasLinked === false) {
    const shared = valueText(written, platforms.current) ?? '';
    log.insert(values, 0, element('Value', {}, shared));
  }
  for (const section of ['ValueList', 'ModifierList']) {
    for (const entry of [...(childNamed(written, section)?.children ?? [])]) {
      if (attribute(entry, 'Platform') === platform) removeAndPrune(log, entry);
    }
  }
  dropDefault(log, node, property);
}

/** A shared value equal to the default that stands alone is not written. */
function dropDefault(log: EditLog, node: ObjectNode, property: string): void {
  const facts = readFacts(node)?.property(property);
  const written = propertyElement(node, property);
  if (facts === undefined || written === undefined) return;
  const [only, ...others] = written.children;
  if (others.length > 0 || (only !== undefined && only.name !== 'ValueList')) return;
  const [value, ...more] = only?.children ?? [];
  if (more.length > 0 || (value !== undefined && attribute(value, 'Platform') !== undefined)) return;
  const text = value?.text ?? attribute(written, 'Value');
  if (text === undefined || text === printValue(facts.type, facts.default)) removeAndPrune(log, written);
}
