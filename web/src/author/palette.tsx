import { PanelLeftClose, Search } from 'lucide-react';
import { type DragEvent, type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { NodeType } from '../api/wire.ts';
import { iconOf } from '../graph/look.ts';
import { useNodeTypes } from '../graph/node-types.ts';
import { addStep } from './edit.ts';
import { usePaletteOpen } from './palette-open.ts';

/** What a drag from the palette holds. */
export const draggedType = 'application/wwiseflow-step';

/** Every step there is, by toolset, with a search; to drag into the drawing, or Enter to add behind the selected step. */
export function Palette() {
  const { list } = useNodeTypes();
  const [words, setWords] = useState('');
  const results = useRef<HTMLDivElement>(null);
  const groups = useMemo(() => grouped(found(list, words)), [list, words]);
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
              if (event.key === 'Enter' && first !== undefined) addStep(first.type);
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
        {groups.map(([toolset, types]) => (
          <section key={toolset}>
            <h3>{toolset}</h3>
            {types.map((type) => (
              <PaletteItem key={type.type} type={type} isStop={type === groups[0]?.[1][0]} />
            ))}
          </section>
        ))}
        {groups.length === 0 && <p className="empty">No step is called so.</p>}
      </div>
    </aside>
  );
}

/** `isStop`: Tab reaches it; arrows reach the others, so that Tab does not go through every step there is. */
function PaletteItem({ type, isStop }: { readonly type: NodeType; readonly isStop: boolean }) {
  const Icon = iconOf(type);
  const drag = (event: DragEvent): void => {
    event.dataTransfer.setData(draggedType, type.type);
    event.dataTransfer.effectAllowed = 'copy';
  };
  return (
    <button
      type="button"
      className={`palette-item effect-${type.effect}`}
      data-step={type.type}
      tabIndex={isStop ? 0 : -1}
      draggable
      title={type.description}
      onDragStart={drag}
      onClick={() => addStep(type.type)}
    >
      <span className="card-icon" aria-hidden>
        <Icon size={15} />
      </span>
      <span>
        <strong>{type.title}</strong>
        <small>{type.description}</small>
      </span>
    </button>
  );
}

/** Types with all the words, those with them in the name first. */
export function found(list: readonly NodeType[], text: string): readonly NodeType[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
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
