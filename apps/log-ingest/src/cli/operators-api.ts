import type { Secret } from '@sallyport/config';
import type { z } from 'zod';
import { CommandError } from './command-error';

/** A replay may put thousands of records back before it answers. */
const CALL_LIMIT_MS = 240_000;

/** Calls of one app's API for operators, with the master key. */
export class OperatorsApi {
  constructor(
    private readonly url: string,
    private readonly key: Secret,
  ) {}

  /** @throws CommandError that names the app when it is away, refuses, or answers something else than `schema` */
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
    const where = `${this.url}${target.split('?', 1)[0]}`;
    if (status !== 200) throw new CommandError(`${where} answered with status ${status}${reasonIn(body)}`);
    const result = schema.safeParse(body);
    if (!result.success) throw new CommandError(`${where} did not answer as expected; is it of this version?`);
    return result.data;
  }

  private async send(target: string, init: RequestInit): Promise<{ status: number; body: unknown }> {
    const headers = { ...(init.headers as Record<string, string>), authorization: `Bearer ${this.key.reveal()}` };
    try {
      const reply = await fetch(`${this.url}${target}`, {
        ...init,
        headers,
        redirect: 'error',
        signal: AbortSignal.timeout(CALL_LIMIT_MS),
      });
      return { status: reply.status, body: parsed(await reply.text()) };
    } catch (error) {
      const { name, cause } = error as Error;
      const { code } = (cause ?? {}) as NodeJS.ErrnoException;
      const reason = code ?? (name === 'TimeoutError' ? 'no answer in time' : name);
      throw new CommandError(`${this.url} cannot be reached (${reason})`, { cause: error });
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
