import type { Attack } from './attack.ts';
import { clock } from './attacks/clock.ts';
import { diskFull } from './attacks/disk-full.ts';
import { hostileHttp } from './attacks/hostile-http.ts';
import { hostileStdio } from './attacks/hostile-stdio.ts';
import { kills } from './attacks/kills.ts';
import { mutations } from './attacks/mutations.ts';
import { others } from './attacks/others.ts';
import { readOnly } from './attacks/read-only.ts';
import { twoProcesses } from './attacks/two-processes.ts';
import { wire } from './attacks/wire.ts';

/** All that is done to the server. */
export const attacks: readonly Attack[] = [
  kills,
  wire,
  diskFull,
  readOnly,
  others,
  twoProcesses,
  clock,
  hostileStdio,
  hostileHttp,
  mutations,
];
