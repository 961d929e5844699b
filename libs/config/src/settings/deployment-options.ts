import { inspect } from 'node:util';
import { Secret } from '../secret';

/**
 * The `litellm_params` of one deployment, for the provider that knows what they mean. Some are credentials, so they
 * are handed out one by one and never printed.
 */
export class DeploymentOptions {
  readonly #params: Readonly<Record<string, unknown>>;

  constructor(params: Readonly<Record<string, unknown>>) {
    this.#params = params;
  }

  /** A setting that is no credential; a number counts as its text. Undefined when it is not there. */
  text(name: string): string | undefined {
    const value = this.#params[name];
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  /** A credential; a map, such as a service account that stands in the file itself, counts as its JSON. */
  secret(name: string): Secret | undefined {
    const value = this.#params[name];
    if (typeof value === 'object' && value !== null) return new Secret(JSON.stringify(value));
    const text = this.text(name);
    return text === undefined ? undefined : new Secret(text);
  }

  toJSON(): string {
    return '[options]';
  }

  [inspect.custom](): string {
    return '[options]';
  }
}
