import { sealedPlace, SealedState, type MaskingStatePort } from '@sallyport/masking';
import type { MaskingKeys } from '../masking-key/masking-keys';

/** Small texts about what a tenant calls by an id, such as the conversation that a response belongs to. */
export class TenantNotes {
  private readonly state: SealedState;

  /** @param ttlSeconds how long a note is kept */
  constructor(
    state: MaskingStatePort,
    private readonly keys: MaskingKeys,
    ttlSeconds: number,
  ) {
    this.state = new SealedState(state, ttlSeconds);
  }

  /**
   * Looks a note up.
   *
   * @param subject what the note is about, such as `key of a conversation`
   * @returns the note as it was written last, with whichever key that was; undefined when there is none
   */
  async read(tenant: string, subject: string, id: string): Promise<string | undefined> {
    const places = this.keys.scopes(tenant).map((scope) => sealedPlace(scope, subject, id));
    const notes = await this.state.load(places);
    return notes.find((note) => note !== undefined);
  }

  /** Writes a note, in place of the one before it. */
  async write(tenant: string, subject: string, id: string, note: string): Promise<void> {
    await this.state.save([[sealedPlace(this.keys.scope(tenant), subject, id), note]]);
  }
}
