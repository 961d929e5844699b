import { SallyportError } from '../errors/sallyport-error';

/** A body with its media type, boundary included. */
export interface FormBody {
  readonly body: Buffer;
  readonly contentType: string;
}

const FIELD = 'model';
const BOUNDARY = /;\s*boundary\s*=\s*(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i;
const CRLF = '\r\n';
const HEADERS_END = '\r\n\r\n';
const DASHES = '--';

/**
 * Puts another model name into a `multipart/form-data` body. The bytes of the other parts stay as they are where the
 * form is written plainly; else the form is written anew, with the same fields and files.
 * Format: https://www.rfc-editor.org/rfc/rfc7578
 *
 * @param contentType of the body, with its boundary
 * @throws SallyportError `invalid_request` when the body is no form
 */
export async function replaceFormModel(body: Buffer, contentType: string, model: string): Promise<FormBody> {
  const boundary = BOUNDARY.exec(contentType);
  const spliced = boundary && spliceModel(body, boundary[1] ?? boundary[2] ?? '', model);
  return spliced ? { body: spliced, contentType } : rewriteForm(body, contentType, model);
}

interface Part {
  readonly isModel: boolean;
  /** Where the part's value begins and ends. */
  readonly start: number;
  readonly end: number;
}

/** Undefined for a form that is not written the plain way, or whose boundary the new name would forge. */
function spliceModel(body: Buffer, boundary: string, model: string): Buffer | undefined {
  const delimiter = DASHES + boundary;
  if (model.includes(delimiter)) return undefined;
  const parts = partsOf(body, delimiter);
  if (parts === undefined) return undefined;
  const value = Buffer.from(model);
  const fields = parts.filter(({ isModel }) => isModel);
  if (fields.length === 0) return Buffer.concat([Buffer.from(modelPart(delimiter, model)), body]);
  const pieces: Buffer[] = [];
  let at = 0;
  for (const { start, end } of fields) {
    pieces.push(body.subarray(at, start), value);
    at = end;
  }
  return Buffer.concat([...pieces, body.subarray(at)]);
}

function modelPart(delimiter: string, model: string): string {
  return `${delimiter}${CRLF}content-disposition: form-data; name="${FIELD}"${HEADERS_END}${model}${CRLF}`;
}

/** Every part of a form without preamble, epilogue or padding; undefined for any other. */
function partsOf(body: Buffer, delimiter: string): Part[] | undefined {
  if (!textAt(body, 0, delimiter)) return undefined;
  const parts: Part[] = [];
  let at = delimiter.length;
  while (textAt(body, at, CRLF)) {
    const headersEnd = body.indexOf(HEADERS_END, at);
    const end = body.indexOf(CRLF + delimiter, headersEnd);
    if (headersEnd === -1 || end < headersEnd + HEADERS_END.length) return undefined;
    const name = fieldName(body.toString('utf8', at, headersEnd));
    if (name === undefined) return undefined;
    parts.push({ isModel: name === FIELD, start: headersEnd + HEADERS_END.length, end });
    at = end + CRLF.length + delimiter.length;
  }
  const closed = textAt(body, at, DASHES) && body.length - at <= DASHES.length + CRLF.length;
  return closed ? parts : undefined;
}

/** Name in the one `content-disposition` of a part, as long as it is plain; undefined otherwise. */
function fieldName(headers: string): string | undefined {
  const lines = headers.split(CRLF).filter((line) => /^content-disposition\s*:/i.test(line));
  const names = [...(lines[0] ?? '').matchAll(/;\s*name\s*=\s*"([^"\\]*)"/gi)];
  return lines.length === 1 && names.length === 1 ? names[0]?.[1] : undefined;
}

function textAt(body: Buffer, at: number, text: string): boolean {
  return body.toString('latin1', at, at + text.length) === text;
}

async function rewriteForm(body: Buffer, contentType: string, model: string): Promise<FormBody> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } })
    .formData()
    .catch((error: unknown) => {
      throw new SallyportError('invalid_request', 'The body is not a valid multipart/form-data form', { cause: error });
    });
  form.set(FIELD, model);
  const response = new Response(form);
  const type = response.headers.get('content-type') ?? contentType;
  return { body: Buffer.from(await response.arrayBuffer()), contentType: type };
}
