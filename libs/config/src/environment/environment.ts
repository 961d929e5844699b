import { readFileSync } from 'node:fs';
import { ConfigurationProblems } from '../configuration-error';
import { Secret } from '../secret';

export type Variables = Readonly<Record<string, string | undefined>>;

interface NumberBounds<Fallback extends number | undefined = number> {
  readonly fallback: Fallback;
  readonly min: number;
  readonly max: number;
}

const YES: ReadonlySet<string> = new Set(['true', '1', 'yes', 'on']);
const NO: ReadonlySet<string> = new Set(['false', '0', 'no', 'off']);

/**
 * Reads typed settings from environment variables. Any variable `X` may be given as `X_FILE`, the path of a mounted
 * secret. Wrong values are collected in {@link Environment.problems} and replaced by the default, so that one run
 * finds all of them; an empty value counts as not set.
 */
export class Environment {
  private readonly read = new Set<string>();

  constructor(
    private readonly variables: Variables,
    readonly problems: ConfigurationProblems = new ConfigurationProblems(),
  ) {}

  /** Names of all variables asked for so far. */
  get names(): string[] {
    return [...this.read].sort();
  }

  text(name: string): string | undefined;
  text(name: string, fallback: string): string;
  text(name: string, fallback?: string): string | undefined {
    this.read.add(name);
    const direct = this.variables[name];
    if (direct) return direct;
    const file = this.variables[`${name}_FILE`];
    return (file && this.fileText(`${name}_FILE`, file)) || fallback;
  }

  secret(name: string): Secret | undefined {
    const value = this.text(name);
    return value === undefined ? undefined : new Secret(value);
  }

  /** A number within bounds. */
  number<Fallback extends number | undefined>(name: string, bounds: NumberBounds<Fallback>): number | Fallback {
    return this.numeric(name, bounds, Number.isFinite, 'a number');
  }

  /** A whole number within bounds. */
  integer(name: string, bounds: NumberBounds): number {
    return this.numeric(name, bounds, Number.isSafeInteger, 'a whole number');
  }

  /** A duration in seconds, fractions allowed, returned in milliseconds; the bounds are seconds. */
  secondsAsMs(name: string, bounds: NumberBounds): number {
    return Math.round(this.numeric(name, bounds, Number.isFinite, 'a number of seconds') * 1000);
  }

  /** A switch: `true` or `false`, or another usual pair of words. */
  flag(name: string, fallback: boolean): boolean {
    const text = this.text(name)?.toLowerCase();
    if (text === undefined) return fallback;
    if (YES.has(text)) return true;
    if (NO.has(text)) return false;
    this.problems.add(name, 'must be true or false');
    return fallback;
  }

  choice<T extends string>(name: string, allowed: readonly [T, ...T[]]): T {
    const value = this.text(name) ?? allowed[0];
    const found = allowed.find((item) => item === value);
    if (found === undefined) this.problems.add(name, `must be one of ${allowed.join(', ')}`);
    return found ?? allowed[0];
  }

  /** An absolute URL of one of `protocols` (such as `http:`), without a trailing slash. */
  url(name: string, fallback: string, protocols: readonly string[] = ['http:', 'https:']): string {
    const value = this.text(name, fallback);
    if (protocols.includes(URL.parse(value)?.protocol ?? '')) return value.replace(/\/+$/, '');
    this.problems.add(name, `must be a URL that begins with ${protocols.map((item) => `${item}//`).join(' or ')}`);
    return fallback;
  }

  /** Items divided by `separator`, white space cut, empty items left out. */
  list(name: string, separator: string): string[] {
    const items = (this.text(name) ?? '').split(separator).map((item) => item.trim());
    return items.filter((item) => item !== '');
  }

  private numeric<Fallback extends number | undefined>(
    name: string,
    bounds: NumberBounds<Fallback>,
    valid: (value: number) => boolean,
    what: string,
  ): number | Fallback {
    const text = this.text(name);
    if (text === undefined) return bounds.fallback;
    const value = Number(text);
    if (valid(value) && value >= bounds.min && value <= bounds.max) return value;
    this.problems.add(name, `must be ${what} from ${bounds.min} to ${bounds.max}`);
    return bounds.fallback;
  }

  private fileText(name: string, path: string): string | undefined {
    try {
      return readFileSync(path, 'utf8').trim();
    } catch (error) {
      this.problems.add(name, `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`);
      return undefined;
    }
  }
}
