import { outputReference, parseReferences } from '../../../expressions/reference.ts';
import type { Problem } from '../../problem.ts';
import { checkReference } from '../../rules/reference-target.ts';
import { followPath } from '../../schema/follow-path.ts';
import { fits, type InputField, wireOf } from '../../schema/node-shape.ts';
import { added, type Draft, type DraftNode, type EdgeHandles, type InputGap, nodeLabel } from '../draft.ts';
import { bestOutputs, findSources, type Sources } from './find-sources.ts';

/**
 * Gives required inputs that were left out a value: what an edge's handles name, else the nearest upstream output of the right kind.
 * Two outputs equally near are an error, never a choice. Of a group of alternatives (`oneOf`) the first that can be filled is.
 */
export function wireInputs(draft: Draft): void {
  const sources = findSources(draft);
  for (const node of draft.nodes) {
    if (node.shape === undefined) continue;
    for (const handles of node.handles) takeHandles(draft, node, handles);
    for (const field of node.shape.required) if (isOpen(node, field)) fill(draft, node, [[field]], sources);
    if (node.shape.kind.oneOf !== undefined) {
      const groups = openGroups(node);
      if (groups.length > 0) fill(draft, node, groups, sources);
    }
    if (node.handles.length > 0) warnOfIdleOutputs(draft, node);
  }
}

/** An edge whose target handle names an input: the input takes the named output, or the one that fits. */
function takeHandles(draft: Draft, node: DraftNode, { source, output, input, pointer }: EdgeHandles): void {
  const from = draft.nodes[source];
  const field = input === undefined ? undefined : node.shape?.fields.get(input);
  if (from?.shape === undefined || field === undefined) return;
  const outputs = output === undefined ? bestOutputs(from.shape, field) : [output];
  const candidates = outputs.map((path) => outputReference(from.id, path));
  const [text] = candidates;
  if (text === undefined) noteMissing(draft, { node, groups: [[field]], candidates: [], pointer });
  else if (candidates.length > 1) noteAmbiguous(draft, { node, field, candidates, pointer });
  else if (!isOpen(node, field)) {
    if (node.input[field.name] !== text)
      draft.gaps.push({ kind: 'contradicted', node, field, brought: text, pointer });
  } else if (output === undefined || isSound(draft, node, field, text, pointer))
    take(node, field, text, false);
  else node.unfilled = added(node.unfilled, field.name);
}

function isSound(draft: Draft, node: DraftNode, field: InputField, text: string, pointer: string): boolean {
  const target = parseReferences(text)?.[0]?.target;
  if (target === undefined) return false;
  const problems: Problem[] = [];
  const trial = { ...draft, report: (problem: Problem) => void problems.push(problem) };
  const reference = { text, target, isWhole: true, path: [field.name], edgePointer: pointer };
  if (checkReference(trial, node, reference)) return true;
  draft.gaps.push({ kind: 'unsound', node, problems });
  return false;
}

type Group = readonly InputField[];
type Choice = {
  readonly field: InputField;
  readonly candidates: readonly string[];
  readonly isDrawn: boolean;
};

function fill(draft: Draft, node: DraftNode, groups: readonly Group[], sources: Sources): void {
  for (const group of groups) {
    const choices = group
      .filter((field) => isOpen(node, field))
      .map((field) => choose(draft, node, field, sources));
    if (choices.some(({ candidates }) => candidates.length === 0)) continue;
    for (const { field, candidates, isDrawn } of choices) {
      const [only, another] = candidates;
      if (only !== undefined && another === undefined) take(node, field, only, !isDrawn);
      else if (!sources.isUncertain(node)) noteAmbiguous(draft, { node, field, candidates });
      else node.unfilled = added(node.unfilled, field.name);
    }
    return;
  }
  for (const field of groups.flat()) node.unfilled = added(node.unfilled, field.name);
  const isWirable = groups.some((group) =>
    group.every((field) => field.wire !== undefined || !isOpen(node, field)),
  );
  if (isWirable && sources.isUncertain(node)) return;
  const open = groups.map((group) => group.filter((field) => isOpen(node, field)));
  const candidates = groups.length === 1 ? sources.elsewhere(node, open) : [];
  noteMissing(draft, { node, groups: open, candidates });
}

function noteMissing(draft: Draft, gap: Omit<Extract<InputGap, { kind: 'missing' }>, 'kind'>): void {
  const { node } = gap;
  for (const { name } of gap.groups.flat()) node.unfilled = added(node.unfilled, name);
  draft.gaps.push({ kind: 'missing', ...gap });
}

function noteAmbiguous(draft: Draft, gap: Omit<Extract<InputGap, { kind: 'ambiguous' }>, 'kind'>): void {
  const { node } = gap;
  node.unfilled = added(node.unfilled, gap.field.name);
  draft.gaps.push({ kind: 'ambiguous', ...gap });
}

function choose(draft: Draft, node: DraftNode, field: InputField, sources: Sources): Choice {
  const drawn = drawnOutputs(draft, node, field);
  if (drawn.length > 0) return { field, candidates: drawn, isDrawn: true };
  return { field, candidates: sources.nearest(node, field), isDrawn: false };
}

/** Outputs that an edge's source handle names, without saying which input they are for. */
function drawnOutputs(draft: Draft, node: DraftNode, field: InputField): string[] {
  const { wire } = field;
  if (wire === undefined) return [];
  return node.handles.flatMap(({ source, output, input }) => {
    const from = draft.nodes[source];
    if (output === undefined || input !== undefined || from?.shape === undefined) return [];
    const followed = followPath(from.shape.kind.output, output.split('.'), 'output');
    const given =
      followed.found && followed.schema !== undefined ? wireOf(followed.schema, 'output') : undefined;
    return given !== undefined && fits(given, wire) ? [outputReference(from.id, output)] : [];
  });
}

/** An edge leaves from an output by name, and nothing takes what it brings. */
function warnOfIdleOutputs(draft: Draft, node: DraftNode): void {
  for (const { source, output, input } of node.handles) {
    const from = draft.nodes[source];
    if (output === undefined || input !== undefined || from === undefined) continue;
    const text = outputReference(from.id, output);
    if (node.wiring.some((wiring) => wiring.from === text)) continue;
    draft.warnings.push(
      `The edge ${from.id} → ${node.id} leaves from "${output}", but ${nodeLabel(node)} takes nothing from it: it only orders.`,
    );
  }
}

function take(node: DraftNode, field: InputField, from: string, auto: boolean): void {
  node.input[field.name] = from;
  node.wiring = added(node.wiring, { input: field.name, from, auto });
}

/** Groups of alternatives that are not filled yet; those that hold what is given already come before all others. */
function openGroups(node: DraftNode): Group[] {
  const names = node.shape?.kind.oneOf ?? [];
  const groups = names.map((group) => group.flatMap((name) => node.shape?.fields.get(name) ?? []));
  if (groups.some((group) => group.every((field) => !isOpen(node, field)))) return [];
  const given = new Set(groups.flat().filter((field) => !isOpen(node, field)));
  const holding = groups.filter((group) => [...given].every((field) => group.includes(field)));
  return holding.length > 0 ? holding : groups;
}

function isOpen(node: DraftNode, field: InputField): boolean {
  return node.input[field.name] === undefined;
}
