import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { command, type ObjectFacts, readObject } from '../api/commands.ts';
import type { ProjectObject, Value } from '../api/wire.ts';
import { notifyRefused } from '../app/notices.tsx';
import { linkTo } from '../app/route.ts';
import { inShort } from '../ui/words.ts';

const Sources = lazy(async () => ({ default: (await import('./sources.tsx')).Sources }));

interface Output {
  readonly bus: ProjectObject | null;
  readonly decidedBy: ProjectObject | null;
  readonly isInherited: boolean;
  readonly chain: readonly ProjectObject[];
  readonly volumeDb: number | null;
}

interface Referrer {
  readonly from: ProjectObject;
  readonly reference: string;
}

interface Property {
  readonly name: string;
  readonly effective: Value | undefined;
  readonly own: Value | undefined;
}

/** One object: where it is, what it plays through, its values and where they come from, who uses it, its audio. */
export function ObjectView({ id }: { readonly id: string }) {
  const [object, setObject] = useState<ObjectFacts | null>(null);
  const [output, setOutput] = useState<Output | null>(null);
  const [uses, setUses] = useState<readonly Referrer[] | null>(null);
  const [properties, setProperties] = useState<readonly Property[]>([]);
  useEffect(() => {
    let isOver = false;
    const read = async (): Promise<void> => {
      const facts = await readObject(id, { listProperties: true, maxChildren: 200 });
      if (isOver) return;
      if (!facts.ok) return notifyRefused(facts);
      setObject(facts.data);
      const names = facts.data.propertyNames ?? [];
      const [values, routed, used] = await Promise.all([
        readValues(id, names),
        command<Output>('effective_output', { objectId: id }),
        command<{ readonly references: readonly Referrer[] }>('references_to', { objectId: id, limit: 200 }),
      ]);
      if (isOver) return;
      setProperties(names.map((name) => ({ name, effective: values[name], own: values[`@${name}`] })));
      if (routed.ok) setOutput(routed.data);
      if (used.ok) setUses(used.data.references);
    };
    void read();
    return () => {
      isOver = true;
    };
  }, [id]);
  if (object === null) return <p className="empty">Reading…</p>;
  const isAudible = /Sound|Container|ActorMixer|PropertyContainer|AudioFileSource|Music|WorkUnit/.test(
    object.type,
  );
  return (
    <div className="object">
      <header>
        <h1>{object.name === '' ? object.type : object.name}</h1>
        <span className="tag">{object.type}</span>
        <p className="path">{object.path}</p>
        {object.notes !== '' && <p className="notes">{object.notes}</p>}
      </header>
      {isAudible && (
        <Suspense fallback={null}>
          <Sources id={object.id} />
        </Suspense>
      )}
      {output?.bus && (
        <Part title="Plays through">
          <p className="chain">
            {output.chain.map((bus, index) => (
              <span key={bus.id}>
                {index > 0 && ' → '}
                <ObjectLink object={bus} />
              </span>
            ))}
            {output.volumeDb !== null && <span className="tag">{output.volumeDb} dB after all of them</span>}
          </p>
          <p className="about">
            {output.isInherited && output.decidedBy !== null ? (
              <>
                Inherited from <ObjectLink object={output.decidedBy} />.
              </>
            ) : (
              'Its own choice.'
            )}
          </p>
        </Part>
      )}
      <Part title={`Used by ${uses === null ? '…' : uses.length}`}>
        {uses !== null && uses.length === 0 && <p className="about">Nothing refers to it.</p>}
        <ul className="plain">
          {(uses ?? []).map(({ from, reference }) => (
            <li key={`${from.id}${reference}`}>
              <ObjectLink object={from} /> <small>as {reference}</small>
            </li>
          ))}
        </ul>
      </Part>
      {object.children.length > 0 && (
        <Part title={`${object.childrenCount} inside`}>
          <ul className="plain columns">
            {object.children.map((child) => (
              <li key={child.id}>
                <ObjectLink object={child} />
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Properties properties={properties} />
    </div>
  );
}

/** So many values are read by one call. */
const mostAtOnce = 25;

/** Each property in effect, and as `@Name` the object's own. */
async function readValues(id: string, names: readonly string[]): Promise<Readonly<Record<string, Value>>> {
  const parts: Promise<Readonly<Record<string, Value>>>[] = [];
  for (let at = 0; at < names.length; at += mostAtOnce) {
    const wanted = names.slice(at, at + mostAtOnce).flatMap((name) => [name, `@${name}`]);
    parts.push(readObject(id, { return: wanted }).then((answer) => (answer.ok ? answer.data.values : {})));
  }
  return Object.assign({}, ...(await Promise.all(parts)));
}

function Properties({ properties }: { readonly properties: readonly Property[] }) {
  const [words, setWords] = useState('');
  const shown = properties
    .filter(
      ({ name, effective }) => effective !== undefined && name.toLowerCase().includes(words.toLowerCase()),
    )
    .map((property) => ({
      ...property,
      isOwn: JSON.stringify(property.own) === JSON.stringify(property.effective),
    }));
  if (properties.length === 0) return null;
  return (
    <Part title="Properties in effect">
      <input
        type="search"
        aria-label="Search properties"
        placeholder="Search properties"
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      <table className="properties">
        <thead>
          <tr>
            <th scope="col">Property</th>
            <th scope="col">In effect</th>
            <th scope="col">From</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ name, effective, own, isOwn }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{objectName(effective) ?? inShort(effective)}</td>
              <td>
                {isOwn ? (
                  <small>this object</small>
                ) : (
                  <small>above it; its own is {objectName(own) ?? inShort(own)}</small>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

function objectName(value: Value | undefined): string | undefined {
  if (typeof value !== 'object' || value === null || !('name' in value)) return undefined;
  return String(value.name) || 'none';
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="part">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export function ObjectLink({ object }: { readonly object: ProjectObject }) {
  return (
    <a href={linkTo('project', object.id)} title={object.path}>
      {object.name === '' ? object.path.split('\\').at(-1) : object.name}
    </a>
  );
}
