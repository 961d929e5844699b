import { DIRECT_PROMPT } from './site';

/** Where everything stops, and who is killed there. */
export interface Cut {
  readonly name: string;
  /** Whose clients are stopped. */
  readonly before: 'redis' | 'files';
  /** Bytes of the request at which they stop. */
  readonly at: string;
  /**
   * The request never arrives, arrives just when the victim is killed, or was carried out and its answer never comes.
   */
  readonly moment: 'never arrives' | 'arrives' | 'is answered';
  readonly victim: 'gateway' | 'worker' | 'file-server' | 'redis';
  /** Length of the prompts; undefined: short ones. */
  readonly promptLength?: number;
}

/** What only one request holds of all that are sent to Redis, as arguments of its protocol or text of a script. */
export const ENLIST = "'replayed', ARGV[3]";
/** How a batch is to be tried again: workers name the queue's keys, but not this. */
const ADD = 'capped-exponential';
const SETTLE = "'deadLettered', ARGV[3]";
const COMPLETE = '$11\r\nreturnvalue\r\n';
const WRITE = 'POST /v1/files';

const toRedis = (name: string, at: string, victim: Cut['victim'], ...moments: Cut['moment'][]): Cut[] =>
  moments.map((moment) => ({ name: `${name} ${moment}`, before: 'redis', at, moment, victim }));
const toFiles = (name: string, victim: Cut['victim'], promptLength: number, ...moments: Cut['moment'][]): Cut[] =>
  moments.map((moment) => ({ name: `${name} ${moment}`, before: 'files', at: WRITE, moment, victim, promptLength }));

/** Every step of a record between its outbox and its place, from the outbox on. */
export const CUTS: readonly Cut[] = [
  ...toRedis('the note of a batch', ENLIST, 'gateway', 'never arrives'),
  ...toRedis('a batch for the queue', ADD, 'gateway', 'never arrives', 'is answered'),
  ...toRedis('a batch for the queue', ADD, 'redis', 'arrives', 'is answered'),
  ...toFiles('a large record', 'gateway', DIRECT_PROMPT, 'never arrives', 'is answered'),
  ...toFiles('a record', 'worker', 100, 'never arrives', 'is answered'),
  ...toFiles('a record', 'file-server', 100, 'arrives', 'is answered'),
  ...toRedis('the settlement of a batch', SETTLE, 'worker', 'never arrives', 'is answered'),
  ...toRedis('the settlement of a batch', SETTLE, 'redis', 'is answered'),
  ...toRedis('the end of a job', COMPLETE, 'worker', 'never arrives'),
];
