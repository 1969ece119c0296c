import type { JsonObject } from '../../../core/json.ts';
import type { ChildKey, ElementAddress } from './element-address.ts';

/** Between which siblings an element stood, and as which of them. */
export type SiblingPosition = {
  readonly after: ChildKey | null;
  readonly before: ChildKey | null;
  readonly at: number;
};

/** One edit the other way round; journals hold it by these names. `is`: the content that the step left there, as `contentOf` names it. */
export type Undoing =
  | {
      readonly do: 'insert';
      readonly in: ElementAddress;
      readonly place: SiblingPosition;
      readonly xml: string;
    }
  | { readonly do: 'remove'; readonly in: ElementAddress; readonly child: ChildKey; readonly is: string }
  /** An object that was moved: out of where it is, then to where it was. */
  | { readonly do: 'detach'; readonly id: string }
  | {
      readonly do: 'attach';
      readonly id: string;
      readonly in: ElementAddress;
      readonly place: SiblingPosition;
    }
  | {
      readonly do: 'attribute';
      readonly of: ElementAddress;
      readonly name: string;
      readonly is: string | null;
      readonly was: string | null;
    }
  | {
      readonly do: 'text';
      readonly of: ElementAddress;
      readonly is: string | null;
      readonly was: string | null;
    };

/** What must be there again: an object in the one that held it, or another element; `was`: its content without objects in it. */
export type Former =
  | { readonly id: string; readonly in: string; readonly was: string }
  | { readonly in: ElementAddress; readonly child: ChildKey; readonly was: string };

/** What a step did, so that it can be reverted to the letter after other steps, and after a restart: GUIDs and order included. */
export type KeptStep = {
  /** The last edit first. */
  readonly undoing: readonly Undoing[];
  readonly former: readonly Former[];
  /** Definitions the step made: what it did to one of them is gone with it. */
  readonly made: readonly string[];
};

/** What a journal holds of it; undefined for anything else. */
export function asKeptStep(value: JsonObject): KeptStep | undefined {
  return isKeptStep(value) ? value : undefined;
}

function isKeptStep(value: object): value is KeptStep {
  return ['undoing', 'former', 'made'].every((name) => Array.isArray(Reflect.get(value, name)));
}
