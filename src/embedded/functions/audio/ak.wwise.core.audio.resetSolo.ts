import { monitoringOf } from '../../model/monitoring.ts';
import { defineFunction } from '../define-function.ts';

/** No object is soloed any more. */
export const audioResetSolo = defineFunction({
  uri: 'ak.wwise.core.audio.resetSolo',
  run(_args, _options, { project }) {
    monitoringOf(project.model).soloed.clear();
    return {};
  },
});
