import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { queryObjects, searchObjects } from '../api/commands.ts';
import type { ProjectObject } from '../api/wire.ts';
import { notifyRefused } from '../app/notices.tsx';
import { goTo } from '../app/route.ts';
import { ObjectView } from './object-view.tsx';
import { ProjectTree } from './project-tree.tsx';

/** The project: its tree, a search by words or WAQL, and one object with all that is known of it. */
export function ProjectPage({ id }: { readonly id: string }) {
  const [words, setWords] = useState('');
  const [found, setFound] = useState<readonly ProjectObject[] | null>(null);
  const [total, setTotal] = useState(0);
  const [wrong, setWrong] = useState('');
  const isQuery = /^\s*[$"]/.test(words);
  useEffect(() => {
    if (words.trim() === '') {
      setFound(null);
      setWrong('');
      return;
    }
    const control = new AbortController();
    const timer = setTimeout(() => {
      const asked = isQuery ? queryObjects(words, { limit: 200 }) : searchObjects(words, [], control.signal);
      void asked.then((answer) => {
        if (control.signal.aborted) return;
        setWrong(answer.ok ? '' : `${answer.error} ${answer.hint}`);
        if (answer.ok) {
          setFound(answer.data.objects);
          setTotal(answer.data.total);
        } else if (!isQuery) notifyRefused(answer);
      });
    }, 200);
    return () => {
      control.abort();
      clearTimeout(timer);
    };
  }, [words, isQuery]);
  return (
    <main className="project-page">
      <section className="project-side" aria-label="Objects">
        <label className="search">
          <Search aria-hidden size={16} />
          <input
            type="search"
            aria-label="Search the project, by words or WAQL"
            placeholder="Words, or WAQL: $ from type Sound where …"
            value={words}
            spellCheck={false}
            onChange={({ target }) => setWords(target.value)}
          />
        </label>
        {wrong !== '' && <p className="field-problem">{wrong}</p>}
        {found === null ? (
          <ProjectTree chosen={id} onChoose={(object) => goTo('project', object.id)} />
        ) : (
          <>
            <p className="about">{total} found</p>
            <ul className="picker-list">
              {found.map((object) => (
                <li key={object.id}>
                  <button
                    type="button"
                    aria-current={object.id === id}
                    onClick={() => goTo('project', object.id)}
                  >
                    <strong>{object.name === '' ? object.type : object.name}</strong>{' '}
                    <span className="tag">{object.type}</span>
                    <small>{object.path}</small>
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      <section className="project-main" aria-label="Object">
        {id === '' ? <p className="empty">Choose an object on the left.</p> : <ObjectView key={id} id={id} />}
      </section>
    </main>
  );
}
