import { scopeOf } from '../masking.fixture';
import { MemoryState } from './memory-state.fixture';
import { sealedPlace, SealedState } from './sealed-state';

const scope = scopeOf();
const [ONE, TWO] = [sealedPlace(scope, 'notes', 'one'), sealedPlace(scope, 'notes', 'two')];

describe(SealedState.name, () => {
  let kept: MemoryState;
  let state: SealedState;
  beforeEach(() => {
    kept = new MemoryState();
    state = new SealedState(kept, 60);
  });

  it('gives back the text of each place, as it was saved last', async () => {
    await state.save([
      [ONE, 'before'],
      [TWO, '둘'],
    ]);
    await state.save([[ONE, 'one']]);
    expect(await state.load([TWO, sealedPlace(scope, 'notes', 'three'), ONE])).toEqual(['둘', undefined, 'one']);
    expect(kept.lifetimes).toEqual([60, 60]);
  });

  it('gives back an empty text as one', async () => {
    await state.save([[ONE, '']]);
    expect(await state.load([ONE])).toEqual(['']);
  });

  it('shows the store neither purposes nor ids nor texts', async () => {
    await state.save([[ONE, 'a text']]);
    expect(kept.seen).not.toMatch(/notes|one|a text/);
  });

  it('opens no text in the place of another, nor for another scope', async () => {
    await state.save([[ONE, 'one']]);
    const sealed = kept.kept.get(ONE.name) as Uint8Array;
    kept.kept.set(TWO.name, sealed);
    const other = { ...sealedPlace(scopeOf('a key for tests', 'another tenant'), 'notes', 'one'), name: ONE.name };
    expect(await state.load([TWO, other])).toEqual([undefined, undefined]);
  });

  it('keeps a text under the digest of its id, bound to purpose and id', async () => {
    await state.save([[ONE, 'one']]);
    const sealed = kept.kept.get(scope.digest('notes', 'one')) as Uint8Array;
    expect(Buffer.from(scope.open(sealed, 'notes\0one') ?? []).toString()).toBe('one');
  });
});
