import type { MaskingScope } from '../tokens/key-ring';
import type { MaskingStatePort } from './masking-state.port';

/** Where a text is kept, and whose it is. */
export interface SealedPlace {
  /** Its key seals the text. */
  readonly scope: MaskingScope;
  /** A digest of the scope. */
  readonly name: string;
  /** What the text is bound to: put in another place it does not open. */
  readonly context: string;
}

/** The place of what a scope keeps about something that has an id. */
export function sealedPlace(scope: MaskingScope, purpose: string, id: string): SealedPlace {
  return { scope, name: scope.digest(purpose, id), context: `${purpose}\0${id}` };
}

/** Keeps texts for a while in a store that cannot read them: each is sealed with AES-256-GCM under a key of its scope. */
export class SealedState {
  /** @param ttlSeconds how long a text is kept */
  constructor(
    private readonly state: MaskingStatePort,
    private readonly ttlSeconds: number,
  ) {}

  /** @returns the text of each place; undefined where nothing is kept, or nothing that the scope opens there */
  async load(places: readonly SealedPlace[]): Promise<(string | undefined)[]> {
    const kept = await this.state.get(places.map(({ name }) => name));
    return places.map(({ scope, context }, index) => {
      const sealed = kept[index];
      const plain = sealed && scope.open(sealed, context);
      return plain && Buffer.from(plain).toString('utf8');
    });
  }

  /** Keeps texts, each in place of what was kept there. */
  async save(entries: readonly (readonly [place: SealedPlace, text: string])[]): Promise<void> {
    const sealed = entries.map(([{ scope, name, context }, text]) => {
      return { name, value: scope.seal(Buffer.from(text), context) };
    });
    await this.state.put(sealed, this.ttlSeconds);
  }
}
