import { useMemo } from 'react';
import type { PreviewedObject } from '../api/wire.ts';
import { inShort } from '../ui/words.ts';

interface Branch {
  readonly name: string;
  readonly path: string;
  readonly object: PreviewedObject | undefined;
  readonly children: Map<string, Branch>;
}

/** Changed objects in the tree of the project, each with its old and new values. */
export function ObjectChanges({ objects }: { readonly objects: readonly PreviewedObject[] }) {
  const root = useMemo(() => treeOf(objects), [objects]);
  if (objects.length === 0) return <p className="empty">No object would change.</p>;
  return (
    <ul className="change-tree">
      {[...root.children.values()].map((branch) => (
        <BranchRow key={branch.path} branch={branch} />
      ))}
    </ul>
  );
}

function BranchRow({ branch }: { readonly branch: Branch }) {
  const { name, object, children } = branch;
  return (
    <li>
      <div className={`change ${object === undefined ? '' : `change-${object.change}`}`}>
        {object !== undefined && <span className={`tag change-${object.change}`}>{object.change}</span>}
        <strong>{name === '' ? (object?.type ?? '') : name}</strong>
        {object !== undefined && <small>{object.type}</small>}
      </div>
      {object !== undefined && object.changes.length > 0 && (
        <table className="changes">
          <tbody>
            {object.changes.map(({ property, old, new: now, noEffectYet }) => (
              <tr key={property}>
                <th scope="row">{property}</th>
                <td className="old">{old === null ? '' : inShort(old)}</td>
                <td className="now">{now === null ? 'nothing' : inShort(now)}</td>
                <td>
                  {noEffectYet !== undefined && (
                    <span className="tag warn">no effect without {noEffectYet}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {children.size > 0 && (
        <ul>
          {[...children.values()].map((child) => (
            <BranchRow key={child.path} branch={child} />
          ))}
        </ul>
      )}
    </li>
  );
}

function treeOf(objects: readonly PreviewedObject[]): Branch {
  const root: Branch = { name: '', path: '', object: undefined, children: new Map() };
  for (const object of objects) {
    let branch = root;
    const parts = object.path.split('\\').filter(Boolean);
    for (const [index, name] of parts.entries()) {
      const path = parts.slice(0, index + 1).join('\\');
      const known = branch.children.get(name);
      const isLast = index === parts.length - 1;
      const next: Branch =
        known !== undefined && (!isLast || known.object !== undefined)
          ? known
          : { name, path, object: isLast ? object : undefined, children: known?.children ?? new Map() };
      branch.children.set(name, next);
      branch = next;
    }
  }
  return root;
}
