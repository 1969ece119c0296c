import type { DataCondition } from '../nodes/conditions/condition.ts';
import { settledCondition } from '../nodes/conditions/settle-condition.ts';
import type { DialogueField, DialogueTemplate, Escalation } from './template.ts';

/** A template as the reducer uses it: its fields in one flat list, inherited settings written out. Frozen, JSON throughout. */
export type Dialogue = {
  readonly template: DialogueTemplate;
  /** Fields that hold a value, in the order they are asked. */
  readonly leaves: readonly Leaf[];
  readonly groups: readonly Group[];
};

/** A field that holds a value. */
export type Leaf = {
  /** Names from the outermost group inwards: "sound.name". */
  readonly path: string;
  readonly field: DialogueField;
  /** Groups around it, the outermost first. */
  readonly groups: readonly string[];
  /** Without all of which it is not asked for: its own, and those of the groups around it. What always holds is not there. */
  readonly conditions: readonly DataCondition[];
  readonly isConfirmed: boolean;
  readonly tries: number;
  readonly escalation: Escalation;
};

export type Group = Omit<Leaf, 'isConfirmed'>;

/** Where the summary of all values stands among the fields. No field has such a name. */
export const SUMMARY = '$summary';

/** Compiles a template, once for all its dialogues. What no values would ever have asked is not there. */
export function compileDialogue(template: DialogueTemplate): Dialogue {
  const leaves: Leaf[] = [];
  const groups: Group[] = [];
  const add = (fields: readonly DialogueField[], around: readonly Group[]): void => {
    for (const field of fields) {
      const outer = around.at(-1);
      const own = field.when === undefined ? true : settledCondition(field.when);
      if (own === false) continue;
      const shared = {
        path: outer === undefined ? field.name : `${outer.path}.${field.name}`,
        field,
        groups: around.map(({ path }) => path),
        conditions: [...(outer?.conditions ?? []), ...(own === true ? [] : [own])],
        tries: field.tries ?? outer?.tries ?? template.tries,
        escalation: field.escalation ?? outer?.escalation ?? template.escalation,
      };
      if (field.fields === undefined)
        leaves.push({ ...shared, isConfirmed: field.confirm ?? template.confirm === 'value' });
      else {
        groups.push(shared);
        add(field.fields, [...around, shared]);
      }
    }
  };
  add(template.fields, []);
  return { template, leaves, groups };
}

/** The field or group at a path; undefined for the summary. */
export function itemAt(dialogue: Dialogue, path: string): Leaf | Group | undefined {
  return leafAt(dialogue, path) ?? dialogue.groups.find((group) => group.path === path);
}

export function leafAt(dialogue: Dialogue, path: string): Leaf | undefined {
  return dialogue.leaves.find((leaf) => leaf.path === path);
}
