const HEX_KEY = /^[0-9a-f]{64}$/;

/** A key as it is given: 64 hexadecimal digits, which is how one is generated, or a text of any other kind. */
export function secretBytes(text: string): Uint8Array {
  return HEX_KEY.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text);
}

/** Whether a text is a key as it is generated. */
export function isHexKey(text: string): boolean {
  return HEX_KEY.test(text);
}
