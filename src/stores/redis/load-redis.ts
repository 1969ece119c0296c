import type ioredis from 'ioredis';
import { WwiseFlowError } from '../../core/errors.ts';
import { systemCode } from '../../core/files/system-code.ts';

/** The client of Redis. Rejects with INVALID_INPUT, naming what to install, where it is not there. */
export async function loadRedis(): Promise<typeof ioredis.Redis> {
  try {
    return (await import('ioredis')).Redis;
  } catch (cause) {
    if (systemCode(cause) !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new WwiseFlowError('INVALID_INPUT', 'A Redis needs the package "ioredis".', {
      hint: 'Install it beside WwiseFlow: npm install ioredis',
      details: { package: 'ioredis' },
      cause,
    });
  }
}
