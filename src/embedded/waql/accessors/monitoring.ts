import { isImplicitlyMuted, isImplicitlySoloed, monitoringOf } from '../../model/monitoring.ts';
import type { Accessor } from './accessor.ts';

/** Live mute and solo: state of this session, not of the project. */
export const monitoring: readonly Accessor[] = [
  {
    name: 'isExplicitMute',
    kind: 'value',
    read: ({ id }, { model }) => monitoringOf(model).muted.has(id),
  },
  {
    name: 'isExplicitSolo',
    kind: 'value',
    read: ({ id }, { model }) => monitoringOf(model).soloed.has(id),
  },
  {
    name: 'isImplicitMute',
    kind: 'value',
    read: (object, { model }) => isImplicitlyMuted(model, object),
  },
  {
    name: 'isImplicitSolo',
    kind: 'value',
    read: (object, { model }) => isImplicitlySoloed(model, object),
  },
];
