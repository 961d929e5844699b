import { createHash, timingSafeEqual } from 'node:crypto';
import { inspect } from 'node:util';

const HIDDEN = '[secret]';

/**
 * Keeps a credential from being shown by accident: printing, inspecting or serialising it gives `[secret]`.
 * Only {@link Secret.reveal} hands out the value, so every use can be found by that name.
 */
export class Secret {
  readonly #value: string;
  readonly #digest: Buffer;

  constructor(value: string) {
    this.#value = value;
    this.#digest = sha256(value);
  }

  /** The clear value, for the one place that has to send it. */
  reveal(): string {
    return this.#value;
  }

  /** Compares in a time that does not depend on how much of `candidate` is right. */
  matches(candidate: string): boolean {
    return timingSafeEqual(this.#digest, sha256(candidate));
  }

  /** SHA-256 of the value in hexadecimal: names a key in records without showing it. */
  fingerprint(): string {
    return this.#digest.toString('hex');
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [inspect.custom](): string {
    return HIDDEN;
  }
}

function sha256(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
