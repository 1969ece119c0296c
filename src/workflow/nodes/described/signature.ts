import { membersOf, type Schema } from '../../compiler/schema/schema-kinds.ts';
import type { NodeKind } from '../node-kind.ts';
import { membersText, refMembers, type TypeTextStyle, typeText } from './type-text.ts';

/**
 * A kind of node as one typed line, made from its schemas:
 * `assign_switch(objectId: SwitchContainer, pairs: {childId: Object, switchId: Switch|State}[]) -> {results, assignments}`.
 * Every list takes `limit` and `cursor` and gives `total` and `cursor`: the line says so once, as `...page`.
 */
export function signatureOf({ type, input, output }: NodeKind): string {
  const { limit, cursor, ...members } = membersOf(input, 'input') ?? {};
  const paged = cursor === undefined ? [] : ['...page'];
  const own = Object.keys(members).length === 0 ? [] : [membersText(members, lineStyle)];
  return `${type}(${[...own, ...paged].join(', ')}) -> ${outputNames(output)}`;
}

const lineStyle: TypeTextStyle = { side: 'input', depth: 2, inFull: false };

/** `Object & {children}`: what is there, by its names. */
function outputNames(output: Schema): string {
  const names = Object.keys(membersOf(output, 'output') ?? {}).filter((name) => !understood.has(name));
  const isObject = refMembers.every((name) => names.includes(name));
  const own = isObject ? names.filter((name) => !ofObject.has(name)) : names;
  if (!isObject) return `{${own.join(', ')}}`;
  return own.length === 0 ? 'Object' : `Object & {${own.join(', ')}}`;
}

const understood: ReadonlySet<string> = new Set(['total', 'cursor', 'unreadable', 'notice']);
/** `objectId` is the id once more, for wiring. */
const ofObject: ReadonlySet<string> = new Set([...refMembers, 'objectId', 'parentId']);

/** The type of one member in full, with ranges and every choice. */
export function memberType(member: Schema, side: TypeTextStyle['side']): string {
  return typeText(member, { side, depth: 3, inFull: true });
}
