import { parseReferences } from './reference.ts';
import { templateOf } from './resolve.ts';
import { mayHoldExpression } from './template.ts';

/** What a text with references and expressions reads. */
export interface TextReads {
  /** Ids of nodes, by their outputs. */
  readonly outputs: readonly string[];
  /** Those of them that nothing stands in for where they are not there. */
  readonly needed: readonly string[];
  /** Names of inputs of the workflow; `isNeeded`: nothing stands in for one that has no value. */
  readonly inputs: readonly { readonly name: string; readonly isNeeded: boolean }[];
  /** All inputs of the workflow, as one value. */
  readonly readsAllInputs: boolean;
  readonly readsVars: boolean;
}

/** `inputFrom`: the node whose output is `input` in its expressions; undefined: the input of the workflow is. */
export function textReads(text: string, inputFrom: string | undefined): TextReads {
  const outputs: string[] = [];
  const needed: string[] = [];
  const inputs: { name: string; isNeeded: boolean }[] = [];
  let readsAllInputs = false;
  let readsVars = false;
  const parts = mayHoldExpression(text) ? templateOf(text).parts : [{ text, expression: undefined }];
  for (const { text: plain, expression } of parts) {
    for (const { target } of expression === undefined ? (parseReferences(plain) ?? []) : []) {
      if (target?.kind === 'output') {
        outputs.push(target.node);
        needed.push(target.node);
      }
      if (target?.kind === 'input') inputs.push({ name: target.name, isNeeded: true });
    }
    for (const { name, node, path, isGuarded } of expression?.reads ?? []) {
      const source = name === 'input' ? inputFrom : node;
      const [input] = path;
      if (source !== undefined) {
        outputs.push(source);
        if (!isGuarded) needed.push(source);
      } else if (name === 'vars' || name === 'globals') readsVars = true;
      else if (name !== 'input' && name !== 'workflow.input') continue;
      else if (input === undefined) readsAllInputs = true;
      else inputs.push({ name: input, isNeeded: !isGuarded });
    }
  }
  return { outputs, needed, inputs, readsAllInputs, readsVars };
}
