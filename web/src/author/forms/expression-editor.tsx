import { useRef, useState } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import type { Reference } from './fields.ts';

const roots: readonly (readonly [text: string, about: string])[] = [
  ['input', 'what flows into the step'],
  ['vars', 'values of the workflow'],
  ['nodes', 'what steps gave: nodes.sound.name'],
  ['size(', 'how many: size(input.files)'],
  ['string(', 'as text'],
  ['int(', 'as a whole number'],
  ['has(', 'whether a member is there'],
  ['input.map(x, ', 'each changed'],
  ['input.filter(x, ', 'those for which it holds'],
];

/** A larger place to write a reference or an expression, with what can be read there. Loaded when first opened. */
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
  const area = useRef<HTMLTextAreaElement>(null);
  const word = wordBefore(text, area.current?.selectionStart ?? text.length);
  const known = references.filter(({ label, text: full }) =>
    `${label} ${full}`.toLowerCase().includes(word.toLowerCase()),
  );
  const shown = known.length > 0 ? known : references;
  const insert = (piece: string, isWhole: boolean): void => {
    const at = area.current?.selectionStart ?? text.length;
    const next =
      isWhole && text.trim() === word ? piece : `${text.slice(0, at - word.length)}${piece}${text.slice(at)}`;
    setText(next);
    area.current?.focus();
  };
  return (
    <Dialog
      title={`Expression for ${name}`}
      wide
      onClose={onClose}
      footer={
        <>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="button" className="primary" onClick={() => onDone(text)}>
            Use it
          </button>
        </>
      }
    >
      <textarea
        ref={area}
        className="code"
        aria-label="Expression"
        rows={5}
        spellCheck={false}
        value={text}
        autoFocus
        placeholder="$from:step:$output:member, $input:name, or text with {{ expressions }}"
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onDone(text);
        }}
      />
      <div className="completions">
        <section>
          <h3>What is there</h3>
          <ul>
            {shown.slice(0, 60).map((reference) => (
              <li key={reference.text}>
                <button
                  type="button"
                  className={reference.fits ? 'fits' : ''}
                  onClick={() => insert(reference.text, true)}
                >
                  {reference.label}
                </button>
              </li>
            ))}
            {shown.length === 0 && (
              <li className="empty">No step comes before this one, and the workflow has no inputs.</li>
            )}
          </ul>
        </section>
        <section>
          <h3>In {'{{ }}'}</h3>
          <ul>
            {roots.map(([piece, about]) => (
              <li key={piece}>
                <button
                  type="button"
                  onClick={() => insert(text.includes('{{') ? piece : `{{ ${piece} }}`, false)}
                >
                  <code>{piece}</code> {about}
                </button>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Dialog>
  );
}

function wordBefore(text: string, at: number): string {
  return /[\w$:.]*$/.exec(text.slice(0, at))?.[0] ?? '';
}
