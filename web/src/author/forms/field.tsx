import { Link2, ListTree, Sigma } from 'lucide-react';
import { lazy, Suspense, useEffect, useId, useState } from 'react';
import type { NodeInput, Problem, Value } from '../../api/wire.ts';
import { shortReference } from '../../graph/derive-graph.ts';
import { ObjectPicker } from '../dialogs/object-picker.tsx';
import { fieldKind, isReference, parsedValue, textOf } from './fields.ts';
import type { Reference } from './references.ts';

const ExpressionEditor = lazy(async () => ({
  default: (await import('./expression-editor.tsx')).ExpressionEditor,
}));

export interface FieldProps {
  readonly input: NodeInput;
  readonly value: Value | undefined;
  /** What the compiler put in by itself. */
  readonly automatic: string | undefined;
  /** An edge leads into it. */
  readonly isWired: boolean;
  readonly references: readonly Reference[];
  readonly problems: readonly Problem[];
  onChange(value: Value | undefined): void;
}

/** One input of a step: a value, a reference, or an expression. */
export function Field({ input, value, automatic, isWired, references, problems, onChange }: FieldProps) {
  const id = useId();
  const kind = fieldKind(input);
  const kept = textOf(value);
  const [text, setText] = useState(kept);
  const [opened, setOpened] = useState<'expression' | 'objects' | null>(null);
  useEffect(() => setText(kept), [kept]);
  const commit = (next: string): void => {
    setText(next);
    if (next !== kept) onChange(parsedValue(next, kind));
  };
  const described = `${id}-about`;
  const isText =
    isReference(text) || kind === 'text' || kind === 'object' || kind === 'file' || kind === 'number';
  const common = { id, 'aria-describedby': described, 'aria-invalid': problems.length > 0 };
  return (
    <div className={`field ${problems.length > 0 ? 'wrong' : ''}`}>
      <label htmlFor={id}>
        {input.name}
        {input.required && <span className="needed"> needed</span>}
      </label>
      <div className="field-line">
        {kind === 'choice' && !isReference(text) ? (
          <select {...common} value={text} onChange={({ target }) => commit(target.value)}>
            <option value="">
              {input.default === undefined ? 'Not set' : `Default: ${textOf(input.default)}`}
            </option>
            {(input.enum ?? []).map((choice) => (
              <option key={textOf(choice)} value={textOf(choice)}>
                {textOf(choice)}
              </option>
            ))}
          </select>
        ) : kind === 'boolean' && !isReference(text) ? (
          <select
            {...common}
            value={text}
            onChange={({ target }) => onChange(target.value === '' ? undefined : target.value === 'true')}
          >
            <option value="">
              {input.default === undefined ? 'Not set' : `Default: ${textOf(input.default)}`}
            </option>
            <option value="true">Yes</option>
            <option value="false">No</option>
          </select>
        ) : isText ? (
          <input
            {...common}
            type="text"
            inputMode={kind === 'number' ? 'decimal' : 'text'}
            value={text}
            list={`${id}-list`}
            spellCheck={false}
            autoComplete="off"
            placeholder={
              isWired
                ? 'from the wire'
                : automatic === undefined
                  ? placeholderOf(input)
                  : shortReference(automatic)
            }
            onChange={({ target }) => commit(target.value)}
          />
        ) : (
          <textarea
            {...common}
            rows={Math.min(8, Math.max(2, text.split('\n').length))}
            value={text}
            spellCheck={false}
            placeholder={automatic === undefined ? placeholderOf(input) : shortReference(automatic)}
            onChange={({ target }) => commit(target.value)}
          />
        )}
        {isText && (
          <datalist id={`${id}-list`}>
            {references.slice(0, 40).map((reference) => (
              <option key={reference.text} value={reference.text}>
                {reference.label}
              </option>
            ))}
          </datalist>
        )}
        {kind === 'object' && (
          <button
            type="button"
            className="icon"
            aria-label={`Choose an object for ${input.name}`}
            onClick={() => setOpened('objects')}
          >
            <ListTree aria-hidden size={16} />
          </button>
        )}
        <button
          type="button"
          className="icon"
          aria-label={`Write an expression for ${input.name}`}
          onClick={() => setOpened('expression')}
        >
          {isReference(text) ? <Link2 aria-hidden size={16} /> : <Sigma aria-hidden size={16} />}
        </button>
      </div>
      <p id={described} className="about">
        {input.description}
      </p>
      {problems.map((problem) => (
        <p key={problem.pointer + problem.message} className="field-problem">
          {problem.message}
        </p>
      ))}
      {opened === 'expression' && (
        <Suspense fallback={null}>
          <ExpressionEditor
            name={input.name}
            text={text}
            references={references}
            onClose={() => setOpened(null)}
            onDone={(next) => {
              commit(next);
              setOpened(null);
            }}
          />
        </Suspense>
      )}
      {opened === 'objects' && (
        <ObjectPicker
          title={`Choose an object for ${input.name}`}
          wanted={input.wire?.kind === 'object' ? input.wire.types?.join(' ') : undefined}
          onClose={() => setOpened(null)}
          onChoose={(path) => {
            commit(path);
            setOpened(null);
          }}
        />
      )}
    </div>
  );
}

function placeholderOf(input: NodeInput): string {
  if (input.default !== undefined) return `Default: ${textOf(input.default)}`;
  const kind = fieldKind(input);
  if (kind === 'file') return '/path/to/file.wav';
  if (kind === 'object') return '\\Containers\\… or Type:Name';
  return kind === 'json' ? 'JSON, or $from:…' : '';
}
