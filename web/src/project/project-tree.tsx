import {
  ChevronRight,
  File,
  Folder,
  type LucideIcon,
  Music4,
  Package,
  Radio,
  Sliders,
  Zap,
} from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { queryObjects } from '../api/commands.ts';
import type { ProjectObject } from '../api/wire.ts';
import { notifyRefused } from '../app/notices.tsx';

interface TreeObject extends ProjectObject {
  readonly childrenCount: number;
}

const icons: Readonly<Record<string, LucideIcon>> = {
  WorkUnit: File,
  Folder,
  Sound: Music4,
  Event: Zap,
  Bus: Radio,
  AuxBus: Radio,
  GameParameter: Sliders,
  SwitchGroup: Sliders,
  StateGroup: Sliders,
  RandomSequenceContainer: Package,
  SwitchContainer: Package,
  BlendContainer: Package,
  ActorMixer: Package,
};

const mostChildren = 500;

/** The objects of the project as a tree: children are read when their parent is opened. Arrows, Home and End move. */
export function ProjectTree({
  chosen,
  onChoose,
}: {
  readonly chosen: string;
  onChoose(object: ProjectObject): void;
}) {
  const [children, setChildren] = useState<Readonly<Record<string, readonly TreeObject[]>>>({});
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState('');
  const list = useRef<HTMLDivElement>(null);

  const read = async (id: string): Promise<void> => {
    const query =
      id === '' ? '$ from type WorkUnit where parent.type = "Project"' : `$ "${id}" select children`;
    const answer = await queryObjects(query, { return: ['childrenCount'], limit: mostChildren });
    if (!answer.ok) return notifyRefused(answer);
    const rows = answer.data.objects.map((object) => ({
      ...object,
      childrenCount: Number(object.childrenCount ?? 0),
    }));
    setChildren((known) => ({ ...known, [id]: rows }));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the roots are read once
  useEffect(() => {
    void read('');
  }, []);

  // What is looked at is to be seen in the tree, however one came to it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what somebody closes afterwards stays closed
  useEffect(() => {
    if (chosen === '' || rowOf(list.current, chosen) !== null) return;
    let isOver = false;
    const reveal = async (): Promise<void> => {
      const answer = await queryObjects(`$ "${chosen}" select ancestors`);
      if (!answer.ok || isOver) return;
      const around = answer.data.objects.filter(({ type }) => type !== 'Project').map(({ id }) => id);
      await Promise.all(around.map(read));
      if (isOver) return;
      setOpen((known) => new Set([...known, ...around]));
      setActive(chosen);
      requestAnimationFrame(() => rowOf(list.current, chosen)?.scrollIntoView({ block: 'center' }));
    };
    void reveal();
    return () => {
      isOver = true;
    };
  }, [chosen]);

  const toggle = (object: TreeObject, wanted?: boolean): void => {
    const isOpen = wanted ?? !open.has(object.id);
    const next = new Set(open);
    if (isOpen) next.add(object.id);
    else next.delete(object.id);
    setOpen(next);
    if (isOpen && children[object.id] === undefined) void read(object.id);
  };
  const rows = rowsOf('', 1, children, open);
  const focus = (id: string): void => {
    setActive(id);
    requestAnimationFrame(() => rowOf(list.current, id)?.focus());
  };
  const press = (event: KeyboardEvent): void => {
    const index = rows.findIndex(({ object }) => object.id === active);
    const row = rows[Math.max(0, index)];
    if (row === undefined) return;
    const go = (at: number) => rows[at] !== undefined && focus(rows[at].object.id);
    const keys: Readonly<Record<string, () => unknown>> = {
      ArrowDown: () => go(index + 1),
      ArrowUp: () => go(index - 1),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      ArrowRight: () =>
        open.has(row.object.id) ? go(index + 1) : row.object.childrenCount > 0 && toggle(row.object, true),
      ArrowLeft: () => (open.has(row.object.id) ? toggle(row.object, false) : go(parentIndex(rows, index))),
      Enter: () => onChoose(row.object),
      ' ': () => onChoose(row.object),
    };
    const run = keys[event.key];
    if (run === undefined) return;
    event.preventDefault();
    run();
  };
  const first = rows.some(({ object }) => object.id === active) ? active : (rows[0]?.object.id ?? '');
  return (
    <div role="tree" aria-label="Project" className="tree" ref={list} onKeyDown={press}>
      {rows.map(({ object, level }) => {
        const Icon = level === 1 ? Folder : (icons[object.type] ?? File);
        return (
          <div
            key={object.id}
            role="treeitem"
            data-id={object.id}
            aria-level={level}
            aria-selected={object.id === chosen}
            {...(object.childrenCount > 0 ? { 'aria-expanded': open.has(object.id) } : {})}
            tabIndex={object.id === first ? 0 : -1}
            className={`tree-row level-${Math.min(level, 12)}`}
            onFocus={() => setActive(object.id)}
            onClick={() => onChoose(object)}
            onKeyDown={() => undefined}
          >
            <span
              aria-hidden
              className={`tree-arrow ${object.childrenCount === 0 ? 'none' : open.has(object.id) ? 'open' : ''}`}
              onClick={(event) => {
                event.stopPropagation();
                if (object.childrenCount > 0) toggle(object);
              }}
            >
              <ChevronRight size={14} />
            </span>
            <Icon aria-hidden size={15} />
            <span className="tree-name">{object.name === '' ? object.type : object.name}</span>
            {object.childrenCount > 0 && <small>{object.childrenCount}</small>}
          </div>
        );
      })}
      {rows.length === 0 && <p className="empty">Reading…</p>}
    </div>
  );
}

function rowOf(tree: HTMLElement | null, id: string): HTMLElement | null {
  return tree?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`) ?? null;
}

interface TreeRow {
  readonly object: TreeObject;
  readonly level: number;
}

function rowsOf(
  id: string,
  level: number,
  children: Readonly<Record<string, readonly TreeObject[]>>,
  open: ReadonlySet<string>,
): TreeRow[] {
  return (children[id] ?? []).flatMap((object) => [
    { object, level },
    ...(open.has(object.id) ? rowsOf(object.id, level + 1, children, open) : []),
  ]);
}

function parentIndex(rows: readonly TreeRow[], index: number): number {
  const level = rows[index]?.level ?? 1;
  for (let at = index - 1; at >= 0; at--) if ((rows[at]?.level ?? 0) < level) return at;
  return index;
}
