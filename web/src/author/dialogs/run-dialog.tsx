import { Play, ScanEye } from 'lucide-react';
import { useId, useState } from 'react';
import type { Value } from '../../api/wire.ts';
import type { FlowDocument, FlowInput } from '../../graph/document.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { type FieldKind, parsedValue, textOf } from '../forms/fields.ts';

export type Given = Readonly<Record<string, Value>>;

/** Asks for the inputs of a workflow before it runs or is previewed; what was given last is there again. */
export function RunDialog({
  document,
  purpose,
  onGo,
  onClose,
}: {
  readonly document: FlowDocument;
  readonly purpose: 'run' | 'preview';
  onGo(input: Given): void;
  onClose(): void;
}) {
  const base = useId();
  const kept = lastGiven(document);
  const entries = Object.entries(document.inputs ?? {});
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(
    Object.fromEntries(entries.map(([name]) => [name, textOf(kept[name])])),
  );
  const missing = entries.filter(([name, { default: preset }]) => preset === undefined && texts[name] === '');
  const go = (): void => {
    const given: Record<string, Value> = {};
    for (const [name, input] of entries) {
      const value = parsedValue(texts[name] ?? '', kindOf(input));
      if (value !== undefined) given[name] = input.type === 'boolean' ? value === 'true' : value;
    }
    keepGiven(document, given);
    onGo(given);
  };
  const Icon = purpose === 'run' ? Play : ScanEye;
  return (
    <Dialog
      title={purpose === 'run' ? 'Run with these values' : 'Preview with these values'}
      onClose={onClose}
      footer={
        <>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" form={`${base}-form`} className="primary" disabled={missing.length > 0}>
            <Icon aria-hidden size={16} /> {purpose === 'run' ? 'Run' : 'Preview'}
          </button>
        </>
      }
    >
      <form
        id={`${base}-form`}
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        {entries.map(([name, { description, type = 'string', default: preset }]) => (
          <div className="field" key={name}>
            <label htmlFor={`${base}-${name}`}>
              {name}
              {preset === undefined && <span className="needed"> needed</span>}
            </label>
            <input
              id={`${base}-${name}`}
              value={texts[name] ?? ''}
              spellCheck={false}
              autoComplete="off"
              placeholder={preset === undefined ? type : `Default: ${textOf(preset)}`}
              onChange={({ target }) => setTexts({ ...texts, [name]: target.value })}
            />
            <p className="about">{description}</p>
          </div>
        ))}
      </form>
    </Dialog>
  );
}

function kindOf({ type = 'string' }: FlowInput): FieldKind {
  if (type === 'string' || type === 'boolean') return 'text';
  return type === 'number' || type === 'integer' ? 'number' : 'json';
}

function keyOf({ workflowId = 'new' }: FlowDocument): string {
  return `wwiseflow.input.${workflowId}`;
}

function lastGiven(document: FlowDocument): Given {
  try {
    const given: Given = JSON.parse(localStorage.getItem(keyOf(document)) ?? '{}');
    return given;
  } catch {
    return {};
  }
}

function keepGiven(document: FlowDocument, given: Given): void {
  localStorage.setItem(keyOf(document), JSON.stringify(given));
}
