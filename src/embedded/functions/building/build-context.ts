import type { JsonObject } from '../../../core/json.ts';
import type { ModelEditor } from '../../model/editor.ts';
import type { WwiseObject } from '../../model/model.ts';
import type { OpenedProject } from '../../project/opened-project.ts';
import type { NameConflictMode } from '../arguments/name-conflict.ts';

/** What one call of create or set works with. */
export interface BuildContext {
  readonly project: OpenedProject;
  readonly editor: ModelEditor;
  readonly procedureUri: string;
  readonly onNameConflict: NameConflictMode;
  readonly listMode: 'append' | 'replaceAll';
  readonly platform: string | undefined;
}

/** What was made, in the shape both functions answer: the object, what is new below it, what was imported. */
export interface Built {
  readonly object: WwiseObject;
  readonly children: readonly Built[];
  readonly members: ReadonlyMap<string, readonly Built[]>;
  readonly imported:
    | {
        readonly objects: readonly WwiseObject[];
        readonly files: readonly string[];
        readonly log: readonly JsonObject[];
      }
    | undefined;
}

/** Applies a description to an object: build-object.ts hands it to what makes list items and owned objects. */
export type Fill = (context: BuildContext, object: WwiseObject, spec: JsonObject) => Built;
