import type { Setting } from './setting.ts';

/** The servers that several machines share, and which of them work on what. */
export const sharedSettings: readonly Setting[] = [
  {
    key: 'database',
    section: 'top',
    flag: '--database <url>',
    env: 'WWISEFLOW_DATABASE',
    kind: 'server',
    schemes: ['postgres', 'postgresql'],
    inFolder: 'never',
    description:
      'keep runs, journals, memo, audit, library and tokens in this PostgreSQL, which several machines share (needs the package pg)',
    otherwise: 'a file in the state directory',
  },
  {
    key: 'redis',
    section: 'top',
    flag: '--redis <url>',
    env: 'WWISEFLOW_REDIS',
    kind: 'server',
    schemes: ['redis', 'rediss', 'redis+sentinel', 'rediss+sentinel'],
    inFolder: 'never',
    description:
      'the Redis with the queue of jobs, or redis+sentinel://HOST,HOST/NAME: runs are executed by workers (needs the packages ioredis and bullmq)',
    otherwise: 'none: runs are executed by the process that begins them',
  },
  {
    key: 'artifacts',
    section: 'top',
    flag: '--artifacts <url>',
    env: 'WWISEFLOW_ARTIFACTS',
    kind: 'server',
    schemes: ['s3', 's3+http'],
    inFolder: 'never',
    description:
      'keep what runs leave in this bucket of S3 or what is compatible with it: s3://KEY:SECRET@HOST/BUCKET/PREFIX?region=NAME',
    otherwise: 'files in the state directory',
  },
  {
    key: 'thresholds',
    section: 'top',
    flag: '--thresholds <file>',
    env: 'WWISEFLOW_THRESHOLDS',
    kind: 'path',
    inFolder: 'never',
    description:
      'a JSON file with what /health warns of: queueLength, jobSuccessRatio, storageRatio and others',
    otherwise: 'the usual ones of the guide',
  },
  {
    key: 'traces',
    section: 'top',
    flag: '--traces <url>',
    env: 'WWISEFLOW_TRACES',
    kind: 'server',
    schemes: ['http', 'https'],
    inFolder: 'never',
    description:
      'send traces, from requests to calls of WAAPI, to this collector of OpenTelemetry over OTLP (HTTP): http://HOST:4318; OTEL_EXPORTER_OTLP_ENDPOINT says it too',
    otherwise: 'none are kept',
  },
  {
    key: 'queue',
    section: 'top',
    flag: '--queue <name>',
    env: 'WWISEFLOW_QUEUE',
    kind: 'text',
    inFolder: 'never',
    description:
      'which workers take the runs begun here, and which runs a worker takes: one queue for each project',
    otherwise: 'default',
  },
];
