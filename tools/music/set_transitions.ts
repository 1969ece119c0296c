import { z } from 'zod';
import { howManyFit } from '../../src/core/answers/budget.ts';
import { canonicalJson } from '../../src/core/canonical-json.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { wires } from '../../src/core/wiring.ts';
import {
  entryPoints,
  exitPoints,
  transitionRule,
  transitionsBelow,
} from '../../src/wwise/lists/music-structure.ts';
import { callObjectSet } from '../../src/wwise/objects/changes/set-objects.ts';
import { findObject, findObjects } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { type FoundObject, referenceIdOf, refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { expectType } from '../../src/wwise/objects/types/expect-type.ts';
import { exactlyOrByUndo } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

const rule = z.strictObject({
  source: objectField('any, nothing, or the music left').default('any'),
  destination: objectField('any, nothing, or the music entered').default('any'),
  exitAt: z
    .enum(['immediate', 'nextGrid', 'nextBar', 'nextBeat', 'nextCue', 'exitCue'])
    .default('exitCue')
    .describe('Point in the source.'),
  syncTo: z.enum(entryPoints).default('entryCue').describe('Point in the destination.'),
  fadeOut: z.boolean().default(false).describe('Fade the source out.'),
  fadeIn: z.boolean().default(false).describe('Fade the destination in.'),
  postExit: z.boolean().default(true).describe("Play the source's post-exit."),
  preEntry: z.boolean().default(true).describe("Play the destination's pre-entry."),
});

type Rule = z.output<typeof rule>;

export const setTransitions = defineCommand({
  name: 'set_transitions',
  title: 'Set music transitions',
  description:
    'Set the transition rules of a music container, from any to any first; the last that fits counts.',
  toolset: 'music',
  effect: 'update',
  revert: {
    calls: 'Rules it added are deleted.',
    except: `Rules that it replaced come back ${exactlyOrByUndo}`,
  },
  memo: { never: 'The rules are a list of their own objects, which are made anew each time.' },
  examples: [
    {
      title: 'Change to the calm segment at the next bar',
      input: {
        objectId: '\\Containers\\Default Work Unit\\Moods',
        rules: [
          { destination: '\\Containers\\Default Work Unit\\Moods\\Calm', exitAt: 'nextBar', fadeOut: true },
        ],
      },
    },
  ],
  waapiCalls: 6,
  input: z.strictObject({
    objectId: objectField('Music Switch or Playlist Container.').register(wires, {
      kind: 'object',
      types: ['MusicSwitchContainer', 'MusicPlaylistContainer'],
    }),
    rules: z.array(rule).min(1).max(200).describe('The rules in order.'),
    add: z.boolean().default(false).describe('Keep the present rules before them.'),
  }),
  output: z.object({ object: leanRef, transitions: z.array(transitionRule), total: z.int() }),
  async run({ objectId, rules, add }, context) {
    const container = await findObject(objectId, context, { returns: ['@TransitionRoot'] });
    expectType(container, 'objectId', 'MusicSwitchContainer', 'MusicPlaylistContainer');
    const rootId = referenceIdOf(container.row['@TransitionRoot']);
    if (rootId === null) throw tooOld(container.path);
    const ends = [...new Set(rules.flatMap(({ source, destination }) => [source, destination]))].filter(
      (end) => !isWord(end),
    );
    const found = ends.length === 0 ? [] : await findObjects(ends, context);
    for (const end of found) expectBelow(container, end);
    const idOf = new Map(ends.map((end, at) => [end, found[at]?.id ?? '']));
    const before = add ? await transitionsBelow(rootId, context) : [];
    if (add && isAdded(before, rules, found, ends)) {
      const shown = before.slice(0, howManyFit(before));
      return { object: refOf(container.row), transitions: shown, total: before.length };
    }
    const isGeneral = ({ source, destination }: Rule) => source === 'any' && destination === 'any';
    const [first] = rules;
    const general = add || (first !== undefined && isGeneral(first)) ? [] : [rule.parse({})];
    const children = [...general, ...rules].map((one, at) => described(one, at + before.length, idOf));
    const change: JsonObject = add
      ? { object: rootId, children }
      : {
          object: container.id,
          '@TransitionRoot': { type: 'MusicTransition', name: 'Root', '@IsFolder': true, children },
        };
    await callObjectSet([change], context, {
      aim: `set the transitions of "${container.path}"`,
      returns: ['id'],
    });
    const { row } = await findObject(container.id, context, { returns: ['@TransitionRoot'] });
    const transitions = await transitionsBelow(referenceIdOf(row['@TransitionRoot']) ?? rootId, context);
    if (transitions.length !== before.length + children.length)
      throw notKept(container.path, before.length + children.length, transitions.length);
    const shown = transitions.slice(0, howManyFit(transitions));
    return { object: refOf(row), transitions: shown, total: transitions.length };
  },
});

/** Rules are about the music the container holds; others never apply. */
function expectBelow(container: FoundObject, end: FoundObject): void {
  expectType(end, 'rules', 'MusicSegment', 'MusicPlaylistContainer', 'MusicSwitchContainer', 'Folder');
  if (end.path.startsWith(`${container.path}\\`)) return;
  throw new WwiseFlowError(
    'INVALID_INPUT',
    `"${end.path}" lies outside "${container.path}", whose rules are about its own music only.`,
    {
      hint: 'Name music below the container, or move it there first with move_object.',
      details: { object: refOf(end.row), container: refOf(container.row) },
    },
  );
}

/** Whether these rules are the last ones already: a call that is repeated shall not double them. */
function isAdded(
  before: readonly z.output<typeof transitionRule>[],
  rules: readonly Rule[],
  found: readonly FoundObject[],
  ends: readonly string[],
): boolean {
  const pathOf = new Map(ends.map((end, at) => [end, found[at]?.path]));
  const last = before.slice(-rules.length);
  return rules.every(({ source, destination, ...rest }, at) => {
    const { id: _id, name: _name, ...present } = last[at] ?? { id: '', name: '' };
    const wanted = {
      ...rest,
      source: pathOf.get(source) ?? source,
      destination: pathOf.get(destination) ?? destination,
    };
    return canonicalJson(present) === canonicalJson(wanted);
  });
}

function described(one: Rule, at: number, idOf: ReadonlyMap<string, string>): JsonObject {
  const end = (side: 'Source' | 'Destination', designator: string): JsonObject => {
    const id = idOf.get(designator);
    if (id === undefined) return { [`@${side}ContextType`]: designator === 'nothing' ? 1 : 0 };
    return { [`@${side}ContextType`]: 2, [`@${side}ContextObject`]: id };
  };
  return {
    type: 'MusicTransition',
    // Siblings need different names.
    name: at === 0 ? 'Transition' : `Transition_${String(at).padStart(2, '0')}`,
    ...end('Source', one.source),
    ...end('Destination', one.destination),
    '@ExitSourceAt': exitPoints[one.exitAt],
    '@DestinationJumpPositionPreset': entryPoints.indexOf(one.syncTo),
    '@EnableSourceFadeOut': one.fadeOut,
    '@EnableDestinationFadeIn': one.fadeIn,
    '@PlaySourcePostExit': one.postExit,
    '@PlayDestinationPreEntry': one.preEntry,
  };
}

function isWord(end: string): boolean {
  return end === 'any' || end === 'nothing';
}

function tooOld(path: string): WwiseFlowError {
  return new WwiseFlowError('WAAPI_ERROR', `The transitions of "${path}" cannot be reached by WAAPI.`, {
    hint: 'It takes Wwise 2023.1 or later; set them in the Music Switch Container editor.',
    details: { object: path },
  });
}

function notKept(path: string, wanted: number, found: number): WwiseFlowError {
  return new WwiseFlowError(
    'WAAPI_ERROR',
    `Wwise accepted the call, but "${path}" has ${found} transition rules, not ${wanted}.`,
    { hint: 'Look at them with get_music, then set all rules again without add.' },
  );
}
