import { dirname, join } from 'node:path';
import { atOnce } from '../../core/turns/turns.ts';
import type { ModelEditor } from '../model/editor.ts';
import type { ObjectIndex } from '../model/index/object-index.ts';
import type { ObjectNode } from '../model/index/object-node.ts';
import { own } from '../model/index/own.ts';
import type { ProjectFile } from '../model/index/project-file.ts';
import type { EditLog } from '../model/writing/edit-log.ts';
import { waapiErrors } from '../protocol/waapi-errors.ts';
import type { Folders } from './folders/folders.ts';
import { refuseIndispensable, refuseManaged } from './health/indispensable.ts';
import { refuseTakenPlace } from './work-units/work-unit-files.ts';

export interface ManagedParts {
  readonly index: ObjectIndex;
  readonly project: ObjectNode;
  readonly files: readonly ProjectFile[];
  readonly places: Folders;
  readonly edits: EditLog;
}

/** An editor that leaves what Wwise keeps itself as it is, and renames folders and Work Units with their files. */
export function managedEditor(
  plain: ModelEditor,
  { index, project, files, places, edits }: ManagedParts,
): ModelEditor {
  const editor: ModelEditor = {
    ...plain,
    rename(object, name) {
      if (object === project) throw waapiErrors.invalidArguments('The project cannot be renamed.');
      refuseManaged(own(object), 'renamed');
      if (places.find(object) !== undefined) {
        places.rename(edits, object, name);
        return;
      }
      const { file } = own(object);
      if (object.type === 'WorkUnit')
        refuseTakenPlace(files, join(dirname(file.filePath), `${name}.wwu`), file);
      plain.rename(object, name);
    },
    remove: (object) => atOnce(editor.removeSteps(object)),
    removeSteps(object) {
      refuseManaged(own(object), 'deleted');
      refuseIndispensable(index, project, own(object));
      return plain.removeSteps(object);
    },
    move(object, newParent) {
      refuseManaged(own(object), 'moved');
      return plain.move(object, newParent);
    },
    copy(object, newParent, name) {
      refuseManaged(own(object), 'copied');
      return plain.copy(object, newParent, name);
    },
  };
  return editor;
}
