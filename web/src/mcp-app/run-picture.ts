import { layOut } from '../graph/layout.ts';
import { type Group, groupWords, moveStep, stateOfGroup } from '../run/groups.ts';
import type { StepState } from '../run/step-state.ts';

/** A step as it is drawn here. */
export interface PictureNode {
  readonly id: string;
  readonly type: string;
  readonly after: readonly string[];
}

export interface StepFacts {
  readonly state: StepState;
  readonly durationMs: number | null;
  readonly error: string | null;
}

const [width, height] = [188, 52];
const svg = 'http://www.w3.org/2000/svg';

/** Draws the steps from left to right, each with how it stands; a loop says how its items stand. */
export function drawRun(
  nodes: readonly PictureNode[],
  facts: ReadonlyMap<string, StepFacts>,
  chosen: string,
  onChoose: (id: string) => void,
): SVGSVGElement {
  const edges = nodes.flatMap(({ id, after }) => after.map((source) => ({ source, target: id })));
  const positions = layOut({ nodes: nodes.map(({ id }) => ({ id, width, height })), edges });
  const right = Math.max(width, ...nodes.map(({ id }) => (positions[id]?.x ?? 0) + width));
  const bottom = Math.max(height, ...nodes.map(({ id }) => (positions[id]?.y ?? 0) + height));
  const picture = make('svg', { viewBox: `-6 -6 ${right + 12} ${bottom + 12}`, role: 'group' });
  picture.setAttribute('aria-label', 'Steps of the workflow');
  // A few steps are not blown up.
  picture.style.maxWidth = `${(right + 12) * 1.15}px`;
  for (const { source, target } of edges) {
    const [from, to] = [positions[source], positions[target]];
    if (from === undefined || to === undefined) continue;
    const [x1, y1, x2, y2] = [from.x + width, from.y + height / 2, to.x, to.y + height / 2];
    const bend = Math.max(24, (x2 - x1) / 2);
    picture.append(
      make('path', { d: `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`, class: 'wire' }),
    );
  }
  const groups = groupsInside(facts);
  for (const { id, type } of nodes) {
    const { x, y } = positions[id] ?? { x: 0, y: 0 };
    const own = facts.get(id);
    const group = groups.get(id);
    const state = group === undefined || own?.state === 'failed' ? own?.state : stateOfGroup(group);
    const words = [stateWords[state ?? 'waiting'], group === undefined ? '' : groupWords(group)];
    const card = make('g', { transform: `translate(${x} ${y})`, class: `step is-${state ?? 'planned'}` });
    card.classList.toggle('chosen', id === chosen);
    card.setAttribute('role', 'button');
    card.setAttribute('tabindex', '0');
    card.setAttribute('aria-label', `${id}, ${type}, ${words.filter(Boolean).join(', ')}`);
    card.append(
      make('rect', { width, height, rx: 10 }),
      make('circle', { cx: 18, cy: height / 2, r: 6 }),
      label(id, 34, 22, 'name'),
      label(group === undefined ? type : `${type} · ${groupWords(group)}`, 34, 39, 'type'),
    );
    const choose = (): void => onChoose(id);
    card.addEventListener('click', choose);
    card.addEventListener('keydown', ({ key }) => (key === 'Enter' || key === ' ') && choose());
    picture.append(card);
  }
  return picture;
}

export const stateWords: Readonly<Record<StepState, string>> = {
  waiting: 'waiting',
  running: 'running',
  done: 'done',
  hit: 'done before',
  failed: 'failed',
  skipped: 'skipped',
  suspended: 'waits to go on',
  rolledBack: 'rolled back',
};

/** By the outermost step around them, how the steps of all items stand. */
function groupsInside(facts: ReadonlyMap<string, StepFacts>): ReadonlyMap<string, Group> {
  const groups: Record<string, Group> = {};
  for (const [id, { state }] of facts) {
    const around = /^(.+?)\[\d+\]\./.exec(id)?.[1];
    if (around !== undefined) moveStep(groups, `${around}[0]`, undefined, state);
  }
  return new Map(Object.entries(groups).map(([name, group]) => [name.replace(/\[\]$/, ''), group]));
}

function make<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string | number>>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(svg, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

function label(text: string, x: number, y: number, kind: string): SVGTextElement {
  const element = make('text', { x, y, class: kind });
  const most = kind === 'name' ? 20 : 26;
  element.textContent = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return element;
}
