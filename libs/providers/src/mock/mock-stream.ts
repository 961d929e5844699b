import { encodeSseEvent } from '@sallyport/dialects';

/** Events of a paced stream. */
export interface MockStream {
  readonly before: readonly Uint8Array[];
  readonly token: (text: string) => Uint8Array;
  readonly after: readonly Uint8Array[];
}

/** An event that is named after its type, as all APIs but the older ones of OpenAI have it. */
export function namedEvent(data: { readonly type: string; readonly [field: string]: unknown }): Uint8Array {
  return encodeSseEvent(JSON.stringify(data), data.type);
}
