import { monitoringOf } from '../../model/monitoring.ts';
import { defineFunction } from '../define-function.ts';

/** No object is muted any more. */
export const audioResetMute = defineFunction({
  uri: 'ak.wwise.core.audio.resetMute',
  run(_args, _options, { project }) {
    monitoringOf(project.model).muted.clear();
    return {};
  },
});
