import type { AnyCommand } from '../../../bus/command.ts';
import type { JsonObject } from '../../../core/json.ts';
import { parseReferences } from '../../expressions/reference.ts';
import type { Irreversible, PlanNode } from '../plan.ts';
import { membersOf } from '../schema/schema-kinds.ts';

/**
 * The nodes whose effect only Undo in Wwise takes back, each with the reason. A run that is the last step of Wwise's history
 * is undone; once others have changed something it is taken back node by node, and these stay. In plan order.
 */
export function markUndoOnly(
  nodes: readonly PlanNode[],
  commandOf: (node: PlanNode) => AnyCommand | undefined,
): Irreversible[] {
  const made = new Set<string>();
  const undoOnly: Irreversible[] = [];
  for (const node of nodes) {
    if (node.effect === 'read' || node.effect === 'barrier') continue;
    const why = reasonOf(node, commandOf(node), made);
    if (why !== undefined) undoOnly.push({ node: node.id, why });
    else if (node.effect === 'create') made.add(node.id);
  }
  return undoOnly;
}

function reasonOf(
  { effect, input, wiring }: PlanNode,
  command: AnyCommand | undefined,
  made: ReadonlySet<string>,
): string | undefined {
  if (effect === 'destroy') return 'What it deletes comes back through Undo in Wwise only.';
  if (effect === 'update') {
    // Changes of what the run itself made go when that is deleted.
    const isOfRun = wiring.some(({ from }) => readsOneOf(from, made));
    return isOfRun || command === undefined || tellsWhatWas(command)
      ? undefined
      : `${command.name} does not tell what was there before.`;
  }
  return reasonOfCreate(input, wiring, made);
}

function reasonOfCreate(
  input: JsonObject,
  wiring: PlanNode['wiring'],
  made: ReadonlySet<string>,
): string | undefined {
  const { onNameConflict, importOperation, filePath, objectId } = input;
  if (onNameConflict === 'replace' || importOperation === 'replaceExisting')
    return 'What it may replace comes back through Undo in Wwise only.';
  if (onNameConflict === 'merge')
    return 'It may use an object that exists before the run, which is then left alone.';
  if (filePath === undefined) return undefined;
  const host = wiring.find((wire) => wire.input === 'objectId');
  if (objectId !== undefined && (host === undefined || !readsOneOf(host.from, made)))
    return 'It imports into an object that exists before the run.';
  return objectId === undefined && importOperation !== 'createNew'
    ? 'It may import into an object that exists before the run.'
    : undefined;
}

function readsOneOf(reference: string, nodes: ReadonlySet<string>): boolean {
  return (parseReferences(reference) ?? []).some(
    ({ target }) => target?.kind === 'output' && nodes.has(target.node),
  );
}

/** Whether a change can be set back by what the command gives. */
function tellsWhatWas(command: AnyCommand): boolean {
  const known = told.get(command) ?? tells(command);
  told.set(command, known);
  return known;
}

const told = new WeakMap<AnyCommand, boolean>();

function tells(command: AnyCommand): boolean {
  const output = membersOf(command.output, 'output') ?? {};
  const has = (...names: readonly string[]) => names.every((name) => Object.hasOwn(output, name));
  return (
    has('object') &&
    (has('property', 'previousValue') || has('reference', 'previousTarget') || has('previousBus'))
  );
}
