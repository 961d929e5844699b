import { Injectable, StandardSchemaValidationPipe } from '@nestjs/common';
import { SallyportError } from '@sallyport/dialects';

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/**
 * Checks what a route declares with `@Body({ schema })` and hands on the value as it came.
 *
 * @throws SallyportError `invalid_request` that names the first wrong field
 */
@Injectable()
export class SchemaValidationPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({ transform: false, exceptionFactory: invalidRequest });
  }

  /** Nest would walk the whole body and delete keys from it; bodies here are forwarded, so they stay whole. */
  protected override stripProtoKeys(): void {}
}

/** The refusal for the first of `issues`: its message and the path of the field, such as `messages.0.content`. */
export function invalidRequest(issues: readonly Issue[]): SallyportError {
  const first = issues[0];
  const param = first?.path?.map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
  const message = first?.message ?? 'The request is not valid';
  return new SallyportError('invalid_request', message, param ? { param } : {});
}
