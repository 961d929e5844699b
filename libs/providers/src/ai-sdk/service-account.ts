import { readFileSync } from 'node:fs';
import { isObject, parseJson } from '@sallyport/dialects';

/** The parts of a service account's key file that are used. Source: https://cloud.google.com/iam/docs/keys-create-delete */
export interface ServiceAccount {
  readonly type: 'service_account';
  readonly project_id?: string;
  readonly private_key_id?: string;
  readonly private_key: string;
  readonly client_email: string;
}

/**
 * Reads a service account, when the gateway starts.
 *
 * @param source its JSON, or the path of a file that holds it
 * @throws RangeError that quotes none of it
 */
export function readServiceAccount(source: string | undefined): ServiceAccount {
  if (source === undefined) {
    throw new RangeError('provider "vertex_ai" needs vertex_credentials or GOOGLE_APPLICATION_CREDENTIALS');
  }
  const account = parseJson(source.trimStart().startsWith('{') ? source : readKeyFile(source));
  if (!isObject(account)) throw new RangeError('the credentials of vertex_ai are no JSON object');
  const { type, project_id, private_key_id, private_key, client_email } = account;
  // Accounts of other types fetch their tokens from addresses that the file names.
  if (type !== 'service_account' || typeof private_key !== 'string' || typeof client_email !== 'string') {
    throw new RangeError('the credentials of vertex_ai are no service account');
  }
  return {
    type,
    private_key,
    client_email,
    ...(typeof project_id === 'string' && { project_id }),
    ...(typeof private_key_id === 'string' && { private_key_id }),
  };
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new RangeError(`the credentials of vertex_ai cannot be read (${code ?? 'unknown error'})`, { cause: error });
  }
}
