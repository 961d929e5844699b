import { scopeOf } from '../masking.fixture';
import { MemoryState } from '../state/memory-state.fixture';
import { valueAt, type RestoredText } from './ledger-entry';
import { ReplyLedger } from './reply-ledger';

const TEXT: RestoredText = {
  restored: 'ask alice@example.com',
  places: [{ kind: 'email', start: 4, end: 21, written: 'mskmail0000000000000', level: 0 }],
};
const INVENTED: RestoredText = { restored: 'ask bob@example.com', places: [] };
const HOUR = 3600;

describe(ReplyLedger.name, () => {
  it('gives back what it remembers, and nothing of other texts', async () => {
    const ledger = new ReplyLedger(new MemoryState(), HOUR);
    await ledger.remember(scopeOf(), [TEXT, INVENTED]);
    const recalled = await ledger.recall(scopeOf(), ['', 'another', TEXT.restored, INVENTED.restored]);
    expect(recalled).toEqual(
      new Map([
        [TEXT.restored, TEXT.places],
        [INVENTED.restored, []],
      ]),
    );
  });

  it('lets no other scope read it, not even under the same name', async () => {
    const state = new MemoryState();
    await new ReplyLedger(state, HOUR).remember(scopeOf(), [TEXT]);
    const other = scopeOf('a key for tests', 'another tenant');
    expect(await new ReplyLedger(state, HOUR).recall(other, [TEXT.restored])).toEqual(new Map());
    const [sealed] = state.kept.values();
    const names = Array.from(state.kept.keys());
    const stolen = { ...other, digest: () => names[0] as string, open: other.open.bind(other) };
    expect(sealed).toBeDefined();
    expect(await new ReplyLedger(state, HOUR).recall(stolen, [TEXT.restored])).toEqual(new Map());
  });

  it('shows the store neither texts nor values nor tokens', async () => {
    const state = new MemoryState();
    await new ReplyLedger(state, HOUR).remember(scopeOf(), [TEXT]);
    for (const secret of ['alice', 'ask', 'email', 'mskmail']) expect(state.seen).not.toContain(secret);
  });

  it('keeps what is still in use', async () => {
    const state = new MemoryState();
    let now = 0;
    const ledger = new ReplyLedger(state, HOUR, () => now);
    await ledger.remember(scopeOf(), [TEXT]);
    now = 0.4 * HOUR * 1000;
    await ledger.recall(scopeOf(), [TEXT.restored]);
    expect(state.lifetimes).toEqual([HOUR]);
    now = 0.6 * HOUR * 1000;
    await ledger.recall(scopeOf(), [TEXT.restored]);
    expect(state.lifetimes).toEqual([HOUR, HOUR]);
  });

  it('asks the store for nothing when there is nothing to ask', async () => {
    const state = new MemoryState();
    const get = jest.spyOn(state, 'get');
    await new ReplyLedger(state, HOUR).recall(scopeOf(), ['']);
    await new ReplyLedger(state, HOUR).remember(scopeOf(), []);
    expect([get.mock.calls, state.lifetimes]).toEqual([[], []]);
  });
});

describe(valueAt.name, () => {
  it('undoes the escapes of the JSON around a value', () => {
    const text = 'a "b\\"\\n" c';
    expect(valueAt(text, { kind: 'email', start: 3, end: 8, written: 'x' })).toBe('b\\"\\n');
    expect(valueAt(text, { kind: 'email', start: 3, end: 8, written: 'x', level: 1 })).toBe('b"\n');
  });
});
