import { type LucideIcon, PanelLeftClose, Search, Workflow } from 'lucide-react';
import { type DragEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { ListedWorkflow, NodeType } from '../api/wire.ts';
import { membersOf } from '../graph/document.ts';
import { iconOf } from '../graph/look.ts';
import { useNodeTypes } from '../graph/node-types.ts';
import { type Addable, addStep } from './edit.ts';
import { useFlow } from './flow-store.ts';
import { usePaletteOpen } from './palette-open.ts';
import { readSavedWorkflows, useSavedWorkflows } from './saved-workflows.ts';

/** What a drag from the palette holds: what is added, as JSON. */
export const draggedType = 'application/wwiseflow-step';

/** What is let go over the drawing; undefined for what comes from elsewhere. */
export function readDragged(text: string): Addable | undefined {
  if (text === '') return undefined;
  const { type, workflowId } = membersOf(JSON.parse(text));
  if (typeof workflowId === 'string') return { workflowId };
  return typeof type === 'string' ? { type } : undefined;
}

/** A line of the palette. */
interface Entry {
  readonly key: string;
  readonly added: Addable;
  readonly title: string;
  readonly description: string;
  readonly effect: string;
  readonly icon: LucideIcon;
}

/**
 * Every step there is, by toolset, then workflows that can be one: those of the library, and templates. With a search; to drag into
 * the drawing, or Enter to add behind the selected step.
 */
export function Palette() {
  const { list } = useNodeTypes();
  const { workflows, examples } = useSavedWorkflows();
  const [words, setWords] = useState('');
  const results = useRef<HTMLDivElement>(null);
  const own = useFlow(({ root }) => root.workflowId);
  // After each save, its own version too.
  const savedVersion = useFlow((state) => state.savedVersion);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was saved is one of them
  useEffect(() => void readSavedWorkflows(), [savedVersion]);
  const groups = useMemo((): readonly (readonly [string, readonly Entry[]])[] => {
    const others = (listed: readonly ListedWorkflow[]) =>
      foundWorkflows(
        listed.filter(({ workflowId }) => workflowId !== own),
        words,
      ).map(entryOfWorkflow);
    return [
      ...grouped(found(list, words)).map(([toolset, types]) => [toolset, types.map(entryOfType)] as const),
      ['library', others(workflows)] as const,
      ['templates', others(examples)] as const,
    ].filter(([, entries]) => entries.length > 0);
  }, [list, workflows, examples, words, own]);
  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    const items = [...(results.current?.querySelectorAll<HTMLElement>('button.palette-item') ?? [])];
    const index = items.findIndex((item) => item.matches(':focus'));
    items[Math.max(0, Math.min(items.length - 1, index + step))]?.focus();
    event.preventDefault();
  };
  return (
    <aside className="palette" aria-label="Steps to add" onKeyDown={move}>
      <div className="palette-head">
        <label className="search">
          <Search aria-hidden size={16} />
          <input
            id="palette-search"
            type="search"
            aria-label="Search steps"
            placeholder="Search steps  ( / )"
            value={words}
            onChange={({ target }) => setWords(target.value)}
            onKeyDown={(event) => {
              const [first] = groups[0]?.[1] ?? [];
              if (event.key === 'Enter' && first !== undefined) addStep(first.added);
            }}
          />
        </label>
        <button
          type="button"
          className="icon"
          aria-label="Hide the steps to add"
          title="Hide"
          onClick={() => usePaletteOpen.getState().setOpen(false)}
        >
          <PanelLeftClose aria-hidden size={17} />
        </button>
      </div>
      <div className="palette-list" ref={results}>
        {groups.map(([group, entries]) => (
          <section key={group}>
            <h3>{group}</h3>
            {entries.map((entry) => (
              <PaletteItem key={entry.key} entry={entry} isStop={entry === groups[0]?.[1][0]} />
            ))}
          </section>
        ))}
        {groups.length === 0 && <p className="empty">No step is called so.</p>}
      </div>
    </aside>
  );
}

/** `isStop`: Tab reaches it; arrows reach the others, so that Tab does not go through every step there is. */
function PaletteItem({ entry, isStop }: { readonly entry: Entry; readonly isStop: boolean }) {
  const { key, added, title, description, effect, icon: Icon } = entry;
  const drag = (event: DragEvent): void => {
    event.dataTransfer.setData(draggedType, JSON.stringify(added));
    event.dataTransfer.effectAllowed = 'copy';
  };
  return (
    <button
      type="button"
      className={`palette-item effect-${effect}`}
      data-step={key}
      tabIndex={isStop ? 0 : -1}
      draggable
      title={description}
      onDragStart={drag}
      onClick={() => addStep(added)}
    >
      <span className="card-icon" aria-hidden>
        <Icon size={15} />
      </span>
      <span>
        <strong>{title}</strong>
        <small>{description}</small>
      </span>
    </button>
  );
}

function entryOfType(type: NodeType): Entry {
  const { title, description, effect } = type;
  return { key: type.type, added: { type: type.type }, title, description, effect, icon: iconOf(type) };
}

/** What stands behind the colon of a name says what it is for. */
function entryOfWorkflow({ workflowId, name, description }: ListedWorkflow): Entry {
  const [title = workflowId, more] = (name ?? workflowId).split(/:\s+/, 2);
  const about = description ?? more ?? '';
  return {
    key: `workflow:${workflowId}`,
    added: { workflowId },
    title,
    description: about,
    effect: 'none',
    icon: Workflow,
  };
}

function foundWorkflows(listed: readonly ListedWorkflow[], text: string): readonly ListedWorkflow[] {
  const words = wordsOf(text);
  const whole = ({ workflowId, name, description }: ListedWorkflow) =>
    `${workflowId} ${name} ${description} template`.toLowerCase();
  return listed.filter((one) => words.every((word) => whole(one).includes(word)));
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

/** Types with all the words, those with them in the name first. */
export function found(list: readonly NodeType[], text: string): readonly NodeType[] {
  const words = wordsOf(text);
  if (words.length === 0) return list;
  const named = ({ type, alias, title }: NodeType) => `${type} ${alias} ${title}`.toLowerCase();
  const whole = (type: NodeType) => `${named(type)} ${type.description} ${type.toolset}`.toLowerCase();
  const has = (within: string) => words.every((word) => within.includes(word));
  return list
    .filter((type) => has(whole(type)))
    .sort((a, b) => Number(has(named(b))) - Number(has(named(a))));
}

/** In groups by toolset, in the order in which they come. */
function grouped(types: readonly NodeType[]): readonly (readonly [string, readonly NodeType[]])[] {
  const groups = new Map<string, NodeType[]>();
  for (const type of types) groups.set(type.toolset, [...(groups.get(type.toolset) ?? []), type]);
  return [...groups];
}
