import type { WwiseFlowError } from '../../../core/errors.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { ChildSpec } from '../../objects/creating/child-spec.ts';
import type { CreatedRef, FoundObject } from '../../objects/rows/object-row.ts';
import type { ProjectFacts } from '../../project-facts.ts';
import type { CommandContext } from '../../wwise-command.ts';

/** What all inputs of a create have. */
export interface NewChildInput {
  readonly name: string;
  readonly parentPath: string;
  readonly onNameConflict: ChildSpec['onNameConflict'];
}

/** The one description of a command that makes one child of an object; see createsChild. */
export interface NewChild<I extends NewChildInput, O> {
  /** Parent when the input names none. */
  readonly home?: string;
  /** False for an input that cannot share calls with others. `raw`: references may still stand where a value will be. */
  shares?(raw: JsonObject): boolean;
  /** Other objects the members are about. */
  targets?(raw: JsonObject): readonly string[];
  /** Objects that must be there before it, where calls are shared; alone Wwise looks for them itself. */
  waitsFor?(raw: JsonObject): readonly string[];
  type(input: I, facts: ProjectFacts): string;
  /** `@Property`, `notes` and `children` of the child. Throws INVALID_INPUT for a target that will not do. */
  members(input: I, view: NewChildView): JsonObject;
  /** The input as Wwise takes it, where that takes a look: such an input does not share calls. */
  asTaken?(input: I, facts: ProjectFacts, context: CommandContext): Promise<I>;
  /** What was wrong with the input when Wwise refused it, where the error itself does not say. */
  refused?(
    error: WwiseFlowError,
    input: I,
    facts: ProjectFacts,
    context: CommandContext,
  ): Promise<WwiseFlowError | undefined>;
  /** Those that are still missing in a child of that name that is there; called with onNameConflict `merge`. */
  missing?(input: I, parent: FoundObject, view: NewChildView, context: CommandContext): Promise<JsonObject>;
  /** Which rows the output needs of what is below the child. Default: none. */
  below?(input: I): 'children' | 'descendants' | undefined;
  /** Return expressions of those rows, beside id, name, type, path and parent. */
  readonly returns?: readonly string[];
  /** Return expressions for what the input sets, read back of the child and what is below it. */
  reads?(raw: JsonObject): readonly string[];
  /** `row`: the child as it was read back, empty where only its name was. */
  output(created: CreatedRef, below: readonly JsonObject[], input: I, row: JsonObject): O;
}

export interface NewChildView {
  readonly facts: ProjectFacts;
  /** A target. */
  target(designator: string): FoundObject;
}
