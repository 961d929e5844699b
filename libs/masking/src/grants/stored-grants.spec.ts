import { MemoryState } from '../state/memory-state.fixture';
import { scopeOf } from '../masking.fixture';
import type { StoredGrantSet } from './grant';
import { StoredGrants } from './stored-grants';
import { TokenGrants } from './token-grants';

const scope = scopeOf();
const granted = (): TokenGrants => {
  const grants = new TokenGrants(scope.mint);
  grants.tokenFor('email', 'alice@example.com');
  grants.tokenFor('conn-string', 'hunter2!');
  grants.noteHost('conn-string', 'hunter2!', 'db.example');
  grants.trustHost('api.example');
  return grants;
};

describe(StoredGrants.name, () => {
  it('gives a later request what an earlier one was granted, with the hosts', async () => {
    const stored = new StoredGrants(new MemoryState(), 60);
    const grants = granted();
    await stored.save(scope, 'resp_1', grants);
    const later = new TokenGrants(scope.mint);
    later.addAll((await stored.load(scope, 'resp_1')) as StoredGrantSet);
    expect([...later.entries()]).toEqual([...grants.entries()]);
    expect(later.trustedHosts).toEqual(new Set(['api.example']));
    expect(later.tokenFor('email', 'alice@example.com')).toBe(grants.tokenFor('email', 'alice@example.com'));
  });

  it('gives nothing to another tenant or for another id, not even when the bytes are moved', async () => {
    const state = new MemoryState();
    const stored = new StoredGrants(state, 60);
    await stored.save(scope, 'resp_1', granted());
    expect(await stored.load(scope, 'resp_2')).toBeUndefined();
    expect(await stored.load(scopeOf('a key for tests', 'another tenant'), 'resp_1')).toBeUndefined();
    const sealed = [...state.kept.values()][0] as Uint8Array;
    await stored.save(scope, 'resp_2', granted());
    for (const name of state.kept.keys()) state.kept.set(name, sealed);
    expect(await stored.load(scope, 'resp_2')).toBeUndefined();
  });

  it('shows the store neither values nor ids', async () => {
    const state = new MemoryState();
    await new StoredGrants(state, 60).save(scope, 'resp_1', granted());
    for (const secret of ['alice', 'hunter2', 'example', 'MSK', 'resp_1']) expect(state.seen).not.toContain(secret);
    expect(state.lifetimes).toEqual([60]);
  });
});

describe(TokenGrants.name, () => {
  it('gives a value the token that an earlier request had, not a further one', () => {
    const grants = new TokenGrants(scope.mint);
    const token = granted().tokenFor('email', 'alice@example.com');
    grants.add(token, { kind: 'email', value: 'alice@example.com', hosts: new Set() });
    expect(grants.tokenFor('email', 'alice@example.com')).toBe(token);
  });

  it('never gives two values one token', () => {
    let minted = 0;
    const mint = (_kind: string, _value: string, attempt: number): string => `MSK${(minted += 1)}-${attempt}`;
    const grants = new TokenGrants({
      mint: (kind, value, attempt) => (attempt === 0 ? 'MSK' : mint(kind, value, attempt)),
    });
    expect(grants.tokenFor('email', 'a')).toBe('MSK');
    expect(grants.tokenFor('email', 'b')).not.toBe('MSK');
    expect(grants.get('MSK')?.value).toBe('a');
  });

  it('knows how much of an end may become a token', () => {
    const grants = granted();
    const token = grants.tokenFor('email', 'alice@example.com');
    for (let length = 1; length < token.length; length += 1) {
      expect(grants.openEnd(`x ${token.slice(0, length)}`)).toBe(length);
      expect(grants.openEnd(`x ${token.slice(0, length).toLowerCase()}`)).toBe(length);
    }
    for (const end of ['', token, 'MSX', 'MSKZ', `${token.slice(0, 12)}?`]) expect(grants.openEnd(end)).toBe(0);
    expect(new TokenGrants(scope.mint).openEnd('MSK')).toBe(0);
  });
});
