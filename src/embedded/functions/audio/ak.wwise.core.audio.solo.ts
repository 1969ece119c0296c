import { asJsonArray } from '../../../core/json.ts';
import { monitoringOf } from '../../model/monitoring.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { defineFunction } from '../define-function.ts';

/** Solos objects, or ends that. Nothing is heard here; queries see it, and no file keeps it. */
export const audioSolo = defineFunction({
  uri: 'ak.wwise.core.audio.solo',
  run({ objects, value }, _options, { project }) {
    const { soloed } = monitoringOf(project.model);
    const chosen = asJsonArray(objects).map((designator) => resolveObject(project.model, String(designator)));
    for (const { id } of chosen) {
      if (value === true) soloed.add(id);
      else soloed.delete(id);
    }
    return {};
  },
});
