/** Events of a paced stream. */
export interface MockStream {
  readonly before: readonly Uint8Array[];
  readonly token: (text: string) => Uint8Array;
  readonly after: readonly Uint8Array[];
}
