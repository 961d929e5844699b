import { MaskingKeys } from '../masking-key/masking-keys';
import { OpenState } from './memory.fixture';
import { TenantNotes } from './tenant-notes';

const keysOf = (current: string, ...previous: string[]): MaskingKeys =>
  new MaskingKeys([Buffer.from(current), ...previous.map((key) => Buffer.from(key))]);

describe(TenantNotes.name, () => {
  let state: OpenState;
  const notes = (keys: MaskingKeys): TenantNotes => new TenantNotes(state, keys, 60);
  beforeEach(() => {
    state = new OpenState();
  });

  it('reads what was written last, of that subject, id and tenant alone', async () => {
    const kept = notes(keysOf('a'));
    await kept.write('tenant', 'subject', 'id', 'before');
    await kept.write('tenant', 'subject', 'id', 'note');
    expect(await kept.read('tenant', 'subject', 'id')).toBe('note');
    expect(await kept.read('other', 'subject', 'id')).toBeUndefined();
    expect(await kept.read('tenant', 'other', 'id')).toBeUndefined();
    expect(await kept.read('tenant', 'subject', 'other')).toBeUndefined();
  });

  it('reads what was written with an earlier key, and what was written since before that', async () => {
    await notes(keysOf('a')).write('tenant', 'subject', 'id', 'old');
    const rotated = notes(keysOf('b', 'a'));
    expect(await rotated.read('tenant', 'subject', 'id')).toBe('old');
    await rotated.write('tenant', 'subject', 'id', 'new');
    expect(await rotated.read('tenant', 'subject', 'id')).toBe('new');
    expect(await notes(keysOf('c')).read('tenant', 'subject', 'id')).toBeUndefined();
  });

  it('shows a store neither ids nor notes', async () => {
    await notes(keysOf('a')).write('tenant', 'subject', 'an-id', 'a-note');
    const [[name, value] = []] = [...state.kept];
    expect(`${name} ${Buffer.from(value ?? []).toString('latin1')}`).not.toMatch(/an-id|a-note|tenant|subject/);
  });

  it('does not read a note that was put in the place of another', async () => {
    const kept = notes(keysOf('a'));
    await kept.write('tenant', 'subject', 'one', 'note');
    await kept.write('tenant', 'subject', 'two', 'other');
    const [one, two] = [...state.kept.keys()];
    state.kept.set(one as string, state.kept.get(two as string) as Uint8Array);
    expect(await kept.read('tenant', 'subject', 'one')).toBeUndefined();
  });
});
