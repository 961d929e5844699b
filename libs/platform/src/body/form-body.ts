import { SallyportError } from '@sallyport/dialects';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const FORM_TYPE = /^multipart\/form-data(?=\s*(?:;|$))/i;

/**
 * Makes an app read `multipart/form-data` bodies as well: byte for byte as `request.rawBody`, and their text fields as
 * the handler's body. A field that occurs several times is a list; files are left to whoever reads the bytes.
 *
 * @throws SallyportError (to the caller) `invalid_request` for a body that is no form
 */
export function acceptFormBodies(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(FORM_TYPE, { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    const fields = await textFields(body, request.headers['content-type'] ?? '');
    request.rawBody = body;
    return fields;
  });
}

async function textFields(body: Buffer, contentType: string): Promise<Record<string, string | string[]>> {
  const response = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
  const form = await response.formData().catch((error: unknown) => {
    throw new SallyportError('invalid_request', 'The body is not a valid multipart/form-data form', { cause: error });
  });
  const fields = new Map<string, string[]>();
  for (const [name, value] of form) {
    if (typeof value !== 'string') continue;
    const values = fields.get(name);
    if (values === undefined) fields.set(name, [value]);
    else values.push(value);
  }
  // As own members, so that a name such as `__proto__` is data.
  return Object.fromEntries([...fields].map(([name, values]) => [name, singleOrAll(values)]));
}

function singleOrAll(values: string[]): string | string[] {
  const [first, ...others] = values;
  return first !== undefined && others.length === 0 ? first : values;
}
