import { setTimeout as sleep } from 'node:timers/promises';
import { settle } from '../siege/aftermath';
import { KEY } from '../siege/camp';
import type { CallKind, CallPlan } from '../siege/call-plan';
import { makeCall, type MadeCall } from '../siege/caller';
import { faultsIn, told } from '../siege/verdict';
import { readRecords } from '../siege/written-records';
import { CUTS, ENLIST, type Cut } from './cut';
import { DIRECT_PROMPT, Site } from './site';
import { within } from '../within';

/** Only end what hangs. */
jest.setTimeout(600_000);
const CUT_LIMIT_MS = 120_000;

/** In it those who do not wait for what has stopped go on, and are seen by what is missing then. */
const OTHERS_GO_ON_MS = 100;

const KINDS: readonly CallKind[] = ['chat', 'messages', 'responses'];
/** Of the longest prompts: far more than the outbox holds. */
const MOST_CALLS = 40;

describe('a kill exactly between two steps of a record', () => {
  let site: Site;
  const calls: MadeCall[] = [];
  let made = 0;

  beforeAll(async () => {
    site = await Site.open();
    await site.ready();
  });
  afterAll(() => site.close());

  const call = async (promptLength: number): Promise<MadeCall> => {
    made += 1;
    const plan: CallPlan = {
      marker: `cut${made}x`,
      kind: KINDS[made % KINDS.length] ?? 'chat',
      streamed: made % 2 === 0,
      promptLength,
      replyLength: 100,
      leavesAfter: undefined,
    };
    const ended = await makeCall(plan, site.gatewayUrl, KEY);
    calls.push(ended);
    return ended;
  };
  const callAtOnce = (count: number, promptLength: number): Promise<MadeCall>[] =>
    Array.from({ length: count }, () => call(promptLength));
  const expectNothingLost = async (): Promise<void> => {
    await site.ready();
    const books = await settle(site.books);
    const crashes = site.processes.flatMap((process) => process.crashes);
    expect([...crashes, ...faultsIn({ calls, books, ...(await readRecords(site.fileServer)) })]).toEqual([]);
  };
  const expectNothingBookedBeforeItIsDone = async (): Promise<void> => {
    // In this order: the disk may get ahead of the books meanwhile.
    const booked = await site.recordsBooked();
    expect(await site.recordsOnDisk()).toBeGreaterThanOrEqual(booked);
  };

  it.each<Cut>([...CUTS])(
    '$name, and $victim is killed',
    async ({ before, at, moment, victim, promptLength = 100 }) => {
      const proxy = site.proxies[before];
      const reached = proxy.cut({ at, moment: moment === 'is answered' ? 'answered' : 'before' });
      const served = await Promise.all(callAtOnce(3, promptLength));
      expect(served.filter(({ fate }) => fate !== 'complete').map(told)).toEqual([]);
      await within(CUT_LIMIT_MS, 'nothing came to the cut', reached);
      await sleep(OTHERS_GO_ON_MS);
      if (moment === 'arrives') proxy.letThrough();
      await site.killWhile(victim, async () => {
        if (victim !== 'redis') await expectNothingBookedBeforeItIsDone();
        proxy.heal();
      });
      await expectNothingLost();
    },
  );

  it('a reply has ended, and its gateway is killed', async () => {
    const open = callAtOnce(9, 100);
    await Promise.any(open.map(async (ended) => expect((await ended).fate).toBe('complete')));
    await site.killWhile('gateway', () => Promise.resolve());
    await Promise.all(open);
    await expectNothingLost();
  });

  it('no reply ends whose record finds no room', async () => {
    const reached = site.proxies.redis.cut({ at: ENLIST, moment: 'before' });
    let refused = 0;
    for (let number = 0; number < MOST_CALLS && refused < 3; number += 1) {
      refused += Number((await call(DIRECT_PROMPT)).fate !== 'complete');
    }
    await within(CUT_LIMIT_MS, 'nothing came to the cut', reached);
    expect(refused).toBe(3);
    site.proxies.redis.heal();
    await expectNothingLost();
  });
});
