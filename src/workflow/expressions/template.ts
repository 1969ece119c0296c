import { WwiseFlowError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { startEvaluation } from './cel/evaluation.ts';
import { ExpressionFault } from './cel/fault.ts';
import { skipText } from './cel/skip-text.ts';
import { compileExpression, type Expression } from './expression.ts';
import type { ExpressionScope } from './scope.ts';
import { textOf } from './text-of.ts';

/** A string with expressions in it. */
export interface Template {
  readonly text: string;
  /** It is nothing but one expression, and stands for its value, whatever type that has. */
  readonly isWhole: boolean;
  readonly parts: readonly TemplatePart[];
}

export interface TemplatePart {
  /** As it is written, the braces included. */
  readonly text: string;
  /** Undefined for plain text, in which `$from` and `$input` may stand. */
  readonly expression?: Expression;
  /** Where the source of the expression begins, in the text of the template. */
  readonly offset: number;
}

/** Whether a string looks as if an expression was meant: braces that nothing closes are text. */
export function mayHoldExpression(text: string): boolean {
  const start = text.indexOf('{{');
  return start >= 0 && text.includes('}}', start + 2);
}

/**
 * Splits a string at its `{{ }}`; undefined where there is none. Throws ExpressionFault, its offset in the whole string, for the
 * first expression that does not compile or does not end.
 */
export function parseTemplate(text: string): Template | undefined {
  if (!mayHoldExpression(text)) return undefined;
  const parts: TemplatePart[] = [];
  let from = 0;
  for (let start = text.indexOf('{{'); start >= 0; start = text.indexOf('{{', from)) {
    if (!text.includes('}}', start + 2)) break;
    if (start > from) parts.push({ text: text.slice(from, start), offset: from });
    if (parts.length > 2 * mostExpressions) throw tooMany(start);
    const end = endOf(text, start);
    parts.push({
      text: text.slice(start, end),
      expression: compileAt(text.slice(start + 2, end - 2), start + 2),
      offset: start + 2,
    });
    from = end;
  }
  if (from < text.length) parts.push({ text: text.slice(from), offset: from });
  return { text, isWhole: parts.length === 1, parts };
}

/**
 * The value of a template: that of its only expression, or the text of all parts. `plain` resolves the references in plain text.
 * Throws as the evaluation of an expression does, and UNRESOLVED_REFERENCE where null would stand inside a longer text.
 */
export function evaluateTemplate(
  { isWhole, parts }: Template,
  scope: ExpressionScope,
  plain: (text: string) => string = (text) => text,
): Json {
  const [only] = parts;
  if (isWhole && only?.expression !== undefined) return only.expression.evaluate(scope);
  let text = '';
  for (const part of parts)
    text += part.expression === undefined ? plain(part.text) : insideText(part, part.expression, scope);
  return text;
}

function insideText({ text, offset }: TemplatePart, expression: Expression, scope: ExpressionScope): string {
  const value = expression.evaluate(scope);
  if (value !== null) return textOf(value, startEvaluation(expression.source, scope), 0);
  throw new WwiseFlowError('UNRESOLVED_REFERENCE', `${text} is null, and stands inside a longer text.`, {
    hint: 'Write {{ default(<what it reads>, "") }} for what may be missing, or look at what the node gave.',
    details: { expression: expression.source, offset },
  });
}

/** A text of people has a few. */
const mostExpressions = 1_000;

function tooMany(offset: number): ExpressionFault {
  return new ExpressionFault({
    code: 'WORKFLOW_INVALID',
    message: `A text holds more than ${mostExpressions} expressions.`,
    offset,
    expected: 'fewer of them: a list of values that one expression joins',
  });
}

/** Braces in quotes, and those of objects, end nothing. */
function endOf(text: string, start: number): number {
  let depth = 0;
  for (let at = start + 2; at < text.length; at += 1) {
    const end = skipText(text, at);
    if (end !== undefined) at = end - 1;
    else if (text[at] === '{') depth += 1;
    else if (text[at] === '}' && depth > 0) depth -= 1;
    else if (text.startsWith('}}', at)) return at + 2;
  }
  throw new ExpressionFault({
    code: 'WORKFLOW_INVALID',
    message:
      'An expression begins with {{ and has no }} at its end, outside of quotes and of the braces of objects.',
    offset: start,
    expected: '}}; for {{ as plain text write {{ "{{" }}',
  });
}

function compileAt(source: string, offset: number): Expression {
  try {
    return compileExpression(source);
  } catch (thrown) {
    if (!(thrown instanceof ExpressionFault)) throw thrown;
    throw new ExpressionFault({ ...thrown.fault, offset: thrown.fault.offset + offset });
  }
}
