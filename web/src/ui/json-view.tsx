import type { Value } from '../api/wire.ts';
import { inShort } from './words.ts';

const mostMembers = 200;

/** A value as a tree that opens; long lists are cut, and say so. */
export function JsonView({
  value,
  depth = 0,
}: {
  readonly value: Value | undefined;
  readonly depth?: number;
}) {
  if (value === null || typeof value !== 'object')
    return <code className={`json-${typeof value}`}>{inShort(value, 400)}</code>;
  const entries = Object.entries(value);
  if (entries.length === 0) return <code>{Array.isArray(value) ? '[]' : '{}'}</code>;
  return (
    <ul className="json">
      {entries.slice(0, mostMembers).map(([name, member]) => (
        <li key={name}>
          {typeof member === 'object' && member !== null && Object.keys(member).length > 0 ? (
            <details open={depth < 1}>
              <summary>
                <span className="json-name">{name}</span> <small>{inShort(member, 50)}</small>
              </summary>
              <JsonView value={member} depth={depth + 1} />
            </details>
          ) : (
            <>
              <span className="json-name">{name}</span> <JsonView value={member} depth={depth + 1} />
            </>
          )}
        </li>
      ))}
      {entries.length > mostMembers && <li>… and {entries.length - mostMembers} more</li>}
    </ul>
  );
}
