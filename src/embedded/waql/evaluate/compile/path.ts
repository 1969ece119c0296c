import { argumentAccessors } from '../../accessors/catalog.ts';
import type { PathNode, StepNode } from '../../ast.ts';
import { choices } from '../../choices.ts';
import { meaningError, unknownWord } from '../../query-error.ts';
import { factOf, type Item, isFacts, isList, isObject, itemsOf, type Kind, type Value } from '../value.ts';
import type { CompiledPath, Compiler, Usage } from './compiler.ts';
import { compileListFunction } from './list-function.ts';
import { compileMember } from './member.ts';
import { rowOf } from './return-item.ts';
import type { Scope } from './scope.ts';
import type { CompiledStep } from './step.ts';

/** Compiles a path once; reading it then costs no look-up of names. Throws on names nothing has and steps that cannot be. */
export function compilePath(path: PathNode, compiler: Compiler, usage: Usage): CompiledPath {
  const steps: CompiledStep[] = [];
  let before: CompiledStep = { kind: 'object' };
  for (const step of path.steps) {
    const compiled = compileStep(step, before, compiler, usage);
    steps.push(compiled);
    const manySoFar = before.kind === 'objects' || before.kind === 'values';
    before =
      compiled.onList === undefined && manySoFar ? { ...compiled, kind: plural(compiled.kind) } : compiled;
  }
  const [first, ...rest] = steps;
  const readFirst = first?.onObject ?? first?.onItem ?? ((object: Item): Value => object);
  const { budget } = compiler.scope;
  const counted = (value: Value): Value => {
    if (isList(value)) budget.step(value.length, path.position);
    return value;
  };
  if (rest.length === 0) return { kind: before.kind, read: (object) => counted(readFirst(object)) };
  return {
    kind: before.kind,
    read(object) {
      let value = counted(readFirst(object));
      for (const step of rest) {
        const isListFunction = step.onList !== undefined;
        if (value === undefined && !(isListFunction && choices.missingMemberIsEmptyList)) return undefined;
        value = counted(applyStep(step, value ?? null));
      }
      return value;
    },
  };
}

function compileStep(step: StepNode, before: CompiledStep, compiler: Compiler, usage: Usage): CompiledStep {
  const { scope } = compiler;
  if (step.kind === 'filter' || step.kind === 'slice') return compileListFunction(step, before, compiler);
  if (before.kind === 'facts' && step.kind === 'member') return compileFact(step, before, scope);
  if (scope.unknownNames === 'refuse' && (before.kind === 'value' || before.kind === 'values')) {
    throw meaningError(
      'A plain value has nothing behind "."',
      step.position,
      stepName(step),
      'the end of the path',
    );
  }
  switch (step.kind) {
    case 'member': {
      const member = compileMember(step, scope);
      return {
        kind: member.kind,
        members: member.members,
        onObject: member.read,
        onItem: (item) =>
          isObject(item) ? member.read(item) : isFacts(item) ? factOf(item, step.name) : undefined,
      };
    }
    case 'call': {
      const accessor = argumentAccessors.get(step.name.toLowerCase());
      if (accessor === undefined) {
        const known = Array.from(argumentAccessors.values(), ({ name }) => name);
        throw unknownWord('function', step.name, step.position, known);
      }
      const argument = step.argument.text;
      return {
        kind: accessor.kind,
        onItem: (item) => (isObject(item) ? accessor.read(item, argument, scope) : undefined),
      };
    }
    case 'concat': {
      const paths = step.paths.map((path) => compiler.path(path, usage));
      return {
        kind: paths.every(({ kind }) => kind === 'object' || kind === 'objects') ? 'objects' : 'unknown',
        onItem: (item) => (isObject(item) ? paths.flatMap((path) => itemsOf(path.read(item))) : undefined),
      };
    }
    case 'compose': {
      if (usage === 'query') {
        throw meaningError(
          '{...} is only allowed in options.return',
          step.position,
          '{',
          'objects or a value',
        );
      }
      const items = step.items.map((item) => compiler.returnItem(item));
      return {
        kind: 'facts',
        onItem: (item) => (isObject(item) ? { facts: rowOf(items, item) } : undefined),
      };
    }
  }
}

/** A member of a JSON value: known beforehand for accessors, so a typing error is found. */
function compileFact(
  step: { name: string; position: number },
  before: CompiledStep,
  scope: Scope,
): CompiledStep {
  const { members } = before;
  const isKnown =
    members === undefined || members.some((member) => member.toLowerCase() === step.name.toLowerCase());
  if (!isKnown && scope.unknownNames === 'refuse')
    throw unknownWord('member', step.name, step.position, members);
  return { kind: 'unknown', onItem: (item) => (isFacts(item) ? factOf(item, step.name) : undefined) };
}

function applyStep(step: CompiledStep, value: Exclude<Value, undefined>): Value {
  if (step.onList !== undefined) return step.onList(itemsOf(value));
  const { onItem } = step;
  if (value === null || onItem === undefined) return null;
  if (!isList(value)) return onItem(value);
  const mapped: Item[] = [];
  for (const item of value) {
    const result = onItem(item);
    if (result === undefined || result === null) continue;
    if (isList(result)) mapped.push(...result);
    else mapped.push(result);
  }
  return mapped;
}

function plural(kind: Kind): Kind {
  if (kind === 'object' || kind === 'objects') return 'objects';
  if (kind === 'value' || kind === 'values') return 'values';
  return kind;
}

function stepName(step: StepNode): string {
  if (step.kind === 'concat') return '[';
  if (step.kind === 'compose') return '{';
  return step.name;
}
