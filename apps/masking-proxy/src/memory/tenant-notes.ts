import type { MaskingStatePort } from '@sallyport/masking';
import type { MaskingKeys } from '../masking-key/masking-keys';

/** Small texts about what a tenant calls by an id, such as the conversation that a response belongs to. */
export class TenantNotes {
  constructor(
    private readonly state: MaskingStatePort,
    private readonly keys: MaskingKeys,
    private readonly ttlSeconds: number,
  ) {}

  /**
   * Looks a note up.
   *
   * @param subject what the note is about, such as `key of a conversation`
   * @returns the note as it was written last, with whichever key that was; undefined when there is none
   */
  async read(tenant: string, subject: string, id: string): Promise<string | undefined> {
    const scopes = this.keys.scopes(tenant);
    const kept = await this.state.get(scopes.map((scope) => scope.digest(subject, id)));
    for (const [index, scope] of scopes.entries()) {
      const sealed = kept[index];
      const note = sealed && scope.open(sealed, `${subject}\0${id}`);
      if (note !== undefined) return Buffer.from(note).toString('utf8');
    }
    return undefined;
  }

  /** Writes a note, in place of the one before it. */
  async write(tenant: string, subject: string, id: string, note: string): Promise<void> {
    const scope = this.keys.scope(tenant);
    const value = scope.seal(Buffer.from(note), `${subject}\0${id}`);
    await this.state.put([{ name: scope.digest(subject, id), value }], this.ttlSeconds);
  }
}
