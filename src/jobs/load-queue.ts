import type bullmq from 'bullmq';
import { WwiseFlowError } from '../core/errors.ts';
import { systemCode } from '../core/files/system-code.ts';

/** The client of the queue. Rejects with INVALID_INPUT, naming what to install, where it is not there. */
export async function loadQueue(): Promise<typeof bullmq> {
  try {
    return await import('bullmq');
  } catch (cause) {
    if (systemCode(cause) !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new WwiseFlowError('INVALID_INPUT', 'A queue of jobs needs the packages "bullmq" and "ioredis".', {
      hint: 'Install them beside WwiseFlow: npm install bullmq ioredis',
      details: { packages: ['bullmq', 'ioredis'] },
      cause,
    });
  }
}
