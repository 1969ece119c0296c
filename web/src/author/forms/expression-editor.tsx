import { useEffect, useRef, useState } from 'react';
import { membersOf } from '../../graph/document.ts';
import { useNodeTypes } from '../../graph/node-types.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useFlow } from '../flow-store.ts';
import { openCodeEditor } from './code-editor.ts';
import type { Names } from './completions.ts';
import type { Reference } from './references.ts';

type Editor = ReturnType<typeof openCodeEditor>;

/** A larger place to write a reference or an expression: it completes names, and lists what can be read there. Loaded when first opened. */
export function ExpressionEditor({
  name,
  text: given,
  references,
  onDone,
  onClose,
}: {
  readonly name: string;
  readonly text: string;
  readonly references: readonly Reference[];
  onDone(text: string): void;
  onClose(): void;
}) {
  const [text, setText] = useState(given);
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | null>(null);
  const latest = useRef(given);
  latest.current = text;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is opened once, with what there is then
  useEffect(() => {
    if (host.current === null) return;
    const opened = openCodeEditor(host.current, {
      ...{ text: given, names: namesFor(references), onChange: setText },
      onDone: () => onDone(latest.current),
    });
    editor.current = opened;
    opened.focus();
    return () => opened.destroy();
  }, []);
  const insert = ({ text: whole, expression }: Reference): void => {
    const view = editor.current;
    if (view === null) return;
    const { from, to } = view.state.selection.main;
    const before = view.state.sliceDoc(0, from);
    const isInside = before.lastIndexOf('{{') > before.lastIndexOf('}}');
    const piece = isInside ? expression : whole;
    view.dispatch({ changes: { from, to, insert: piece }, selection: { anchor: from + piece.length } });
    view.focus();
  };
  return (
    <Dialog
      title={`Expression for ${name}`}
      wide
      onClose={onClose}
      footer={
        <>
          <span className="about">
            <kbd>Ctrl Space</kbd> completes, <kbd>Ctrl Enter</kbd> takes it.
          </span>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="button" className="primary" onClick={() => onDone(text)}>
            Use it
          </button>
        </>
      }
    >
      <div ref={host} className="code-host" />
      <h3>What can be read here</h3>
      <ul className="completions">
        {references.slice(0, 80).map((reference) => (
          <li key={reference.text}>
            <button type="button" className={reference.fits ? 'fits' : ''} onClick={() => insert(reference)}>
              {reference.label}
            </button>
          </li>
        ))}
        {references.length === 0 && (
          <li className="empty">No step comes before this one, and the workflow has no inputs.</li>
        )}
      </ul>
      <p className="about">
        In <code>{'{{ }}'}</code> stand expressions:{' '}
        <code>{'{{ upper(input.name) + "_" + padZero(index, 2) }}'}</code>
      </p>
    </Dialog>
  );
}

function namesFor(references: readonly Reference[]): Names {
  const { root } = useFlow.getState();
  const inputs = references.flatMap(
    ({ expression }) => /^workflow\.input\.(.+)$/.exec(expression)?.[1] ?? [],
  );
  return {
    references,
    functions: useNodeTypes.getState().functions,
    members: {
      'workflow.input': inputs,
      vars: Object.keys(membersOf(root.vars)),
      globals: Object.keys(membersOf(root.globals)),
    },
    isInLoop: references.some(({ expression }) => expression === 'item'),
  };
}
