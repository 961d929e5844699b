import type { Secret } from '@sallyport/config';
import type { z } from 'zod';
import { CommandError } from './command-error';

/** A replay may put thousands of records back before it answers. */
const CALL_LIMIT_MS = 240_000;

/** An app that is asked, and the option that says where it is. */
export interface AskedApp {
  readonly name: 'log ingest' | 'the gateway';
  readonly option: '--url' | '--gateway';
  readonly url: string;
}

/** Calls of one app's API for operators, with the master key. */
export class OperatorsApi {
  constructor(
    private readonly app: AskedApp,
    private readonly key: Secret,
  ) {}

  /** @throws CommandError that says what to do when the app is away, refuses, or answers something else than `schema` */
  get<T extends z.ZodType>(
    path: string,
    query: Readonly<Record<string, string | number>>,
    schema: T,
  ): Promise<z.output<T>> {
    const search = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    );
    return this.call(`${path}?${search.toString()}`, {}, schema);
  }

  /** @throws CommandError as {@link OperatorsApi.get} does */
  post<T extends z.ZodType>(path: string, body: object, schema: T): Promise<z.output<T>> {
    const headers = { 'content-type': 'application/json' };
    return this.call(path, { method: 'POST', headers, body: JSON.stringify(body) }, schema);
  }

  private async call<T extends z.ZodType>(target: string, init: RequestInit, schema: T): Promise<z.output<T>> {
    const { status, body } = await this.send(target, init);
    const where = `${this.app.url}${target.split('?', 1)[0]}`;
    if (status !== 200) {
      throw new CommandError(`${where} answered with status ${status}${reasonIn(body)}${this.advice(status)}`);
    }
    const result = schema.safeParse(body);
    if (!result.success) throw new CommandError(`${where} did not answer as expected; is it of this version?`);
    return result.data;
  }

  /** What a person can do about a refusal. */
  private advice(status: number): string {
    const { name, option } = this.app;
    if (status === 401 || status === 403) return `. LITELLM_MASTER_KEY must be that of ${name}.`;
    if (status === 404) return `. Is this ${name}? Say with ${option} where it is.`;
    if (status === 503 && name === 'log ingest')
      return '. Try again when its queue is there; records are kept until then.';
    return '';
  }

  private async send(target: string, init: RequestInit): Promise<{ status: number; body: unknown }> {
    const headers = { ...(init.headers as Record<string, string>), authorization: `Bearer ${this.key.reveal()}` };
    try {
      const reply = await fetch(`${this.app.url}${target}`, {
        ...init,
        headers,
        redirect: 'error',
        signal: AbortSignal.timeout(CALL_LIMIT_MS),
      });
      return { status: reply.status, body: parsed(await reply.text()) };
    } catch (error) {
      const { name, cause } = error as Error;
      const { code, message } = (cause ?? {}) as Partial<NodeJS.ErrnoException>;
      const reason = code ?? message ?? (name === 'TimeoutError' ? 'no answer in time' : name);
      const { name: app, option, url } = this.app;
      const advice = `Start ${app}, or say with ${option} where it is.`;
      throw new CommandError(`${url} cannot be reached (${reason}). ${advice}`, { cause: error });
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What the app said, in the form in which it tells errors. */
function reasonIn(body: unknown): string {
  const message: unknown = (body as { error?: { message?: unknown } } | undefined)?.error?.message;
  return typeof message === 'string' ? `: ${message}` : '';
}
