import { useEffect, useState } from 'react';
import { searchObjects } from '../../api/commands.ts';
import type { ProjectObject } from '../../api/wire.ts';
import { notifyRefused } from '../../app/notices.tsx';
import { Dialog } from '../../ui/dialog.tsx';

const kinds: readonly (readonly [label: string, types: readonly string[]])[] = [
  ['Anything', []],
  ['Sounds', ['Sound']],
  [
    'Containers',
    ['RandomSequenceContainer', 'SwitchContainer', 'BlendContainer', 'ActorMixer', 'WorkUnit', 'Folder'],
  ],
  ['Busses', ['Bus', 'AuxBus']],
  ['Events', ['Event']],
  ['Game syncs', ['GameParameter', 'SwitchGroup', 'Switch', 'StateGroup', 'State', 'Trigger']],
];

/** Finds an object of the project by words, and gives its path. */
export function ObjectPicker({
  title,
  wanted,
  onChoose,
  onClose,
}: {
  readonly title: string;
  /** What kind an input is wired to, which says what to look for first. */
  readonly wanted: string | undefined;
  onChoose(path: string): void;
  onClose(): void;
}) {
  const [words, setWords] = useState('');
  const [kind, setKind] = useState(/bus/i.test(wanted ?? title) ? 3 : 0);
  const [found, setFound] = useState<readonly ProjectObject[]>([]);
  useEffect(() => {
    const control = new AbortController();
    const timer = setTimeout(() => {
      void searchObjects(words, kinds[kind]?.[1] ?? [], control.signal).then((answer) => {
        if (answer.ok) setFound(answer.data.objects);
        else if (!control.signal.aborted) notifyRefused(answer);
      });
    }, 120);
    return () => {
      control.abort();
      clearTimeout(timer);
    };
  }, [words, kind]);
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="picker-search">
        <input
          type="search"
          aria-label="Words in the name"
          placeholder="Search by name"
          value={words}
          autoFocus
          onChange={({ target }) => setWords(target.value)}
        />
        <select
          aria-label="Kind of object"
          value={kind}
          onChange={({ target }) => setKind(Number(target.value))}
        >
          {kinds.map(([label], index) => (
            <option key={label} value={index}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <ul className="picker-list">
        {found.map((object) => (
          <li key={object.id}>
            <button type="button" onClick={() => onChoose(object.path)}>
              <strong>{object.name}</strong> <span className="tag">{object.type}</span>
              <small>{object.path}</small>
            </button>
          </li>
        ))}
        {found.length === 0 && <li className="empty">Nothing of that name.</li>}
      </ul>
    </Dialog>
  );
}
