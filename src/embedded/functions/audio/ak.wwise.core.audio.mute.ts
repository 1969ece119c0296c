import { asJsonArray } from '../../../core/json.ts';
import { monitoringOf } from '../../model/monitoring.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { defineFunction } from '../define-function.ts';

/** Mutes objects, or ends that. Nothing is heard here; queries see it, and no file keeps it. */
export const audioMute = defineFunction({
  uri: 'ak.wwise.core.audio.mute',
  run({ objects, value }, _options, { project }) {
    const { muted } = monitoringOf(project.model);
    const chosen = asJsonArray(objects).map((designator) => resolveObject(project.model, String(designator)));
    for (const { id } of chosen) {
      if (value === true) muted.add(id);
      else muted.delete(id);
    }
    return {};
  },
});
