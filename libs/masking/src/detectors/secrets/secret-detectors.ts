import type { Detector } from '../detector';
import { assignments } from './assignments.detector';
import { authHeaders } from './auth-headers.detector';
import { commandLineCredentials } from './command-line-credentials.detector';
import { connectionStrings } from './connection-strings.detector';
import { cookies } from './cookies.detector';
import { encodedPrivateKeys } from './encoded-private-keys.detector';
import { jsonWebTokens } from './json-web-tokens.detector';
import { koreanAssignments } from './korean-assignments.detector';
import { kubernetesSecrets } from './kubernetes-secrets.detector';
import { privateKeys } from './private-keys.detector';
import { puttyKeys } from './putty-keys.detector';
import { titledSecrets } from './titled-secrets.detector';
import { urlCredentials } from './url-credentials.detector';

/** Secrets that their own structure gives away. In the order of their precedence. */
export const STRUCTURED_SECRETS: readonly Detector[] = [
  privateKeys,
  puttyKeys,
  urlCredentials,
  connectionStrings,
  jsonWebTokens,
];

/** Secrets that only the name or header in front of them gives away. In the order of their precedence. */
export const NAMED_SECRETS: readonly Detector[] = [
  kubernetesSecrets,
  encodedPrivateKeys,
  authHeaders,
  cookies,
  commandLineCredentials,
  assignments,
  titledSecrets,
  koreanAssignments,
];
