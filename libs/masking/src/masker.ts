import { applyEdits, JsonDepthError, parseJsonTree, SallyportError, type JsonNode } from '@sallyport/dialects';
import type { Finding, MaskKind } from './detectors/detector';
import { findAll } from './detectors/find-all';
import { BodyMasker } from './mask/body-masker';
import { POSITIONS } from './positions/dialect-positions';
import { walkPositions } from './positions/walk-positions';
import { TokenGrants } from './tokens/token-grants';
import { TokenMinter, type TokenMint } from './tokens/token-minter';
import type { MaskedDialect } from './positions/masked-dialect';

export interface MaskedBody {
  /** The body to send; the very text that came when nothing had to be masked. */
  readonly text: string;
  /** What the reply may be restored from. */
  readonly grants: TokenGrants;
  /** How many values of each kind were replaced, repetitions included. */
  readonly counts: ReadonlyMap<MaskKind, number>;
}

export interface MaskedText {
  readonly masked: string;
  /** What was masked, with offsets into the text that came. */
  readonly findings: readonly Finding[];
}

/**
 * Masks requests with the tokens of one key. Holds no state between requests: the same key gives the same tokens, so
 * a conversation's history is masked to the same bytes turn after turn and provider prompt caches keep working.
 */
export class Masker {
  private readonly mint: TokenMint;

  /** @param key secret that tokens are derived from; 32 random bytes are right */
  constructor(key: Uint8Array) {
    this.mint = new TokenMinter(key);
  }

  /**
   * Masks every text position of a request body.
   *
   * @throws SallyportError `invalid_json` when `body` is not JSON; `invalid_request` when it is no object or nests too
   * deep to be walked. Such a body must not be forwarded: nobody knows what is in it.
   */
  maskBody(dialect: MaskedDialect, body: string): MaskedBody {
    const grants = new TokenGrants(this.mint);
    const masker = new BodyMasker(body, grants);
    walkPositions(body, parseBody(body), POSITIONS[dialect].request, (node, action) => masker.visit(node, action));
    return { text: applyEdits(body, masker.edits), grants, counts: masker.counts };
  }

  /** Masks a plain text, as a preview of what {@link maskBody} does with it. */
  maskText(text: string): MaskedText {
    const grants = new TokenGrants(this.mint);
    const findings = findAll(text);
    const edits = findings.map(({ kind, start, end }) => ({
      start,
      end,
      replacement: grants.tokenFor(kind, text.slice(start, end)),
    }));
    return { masked: applyEdits(text, edits), findings };
  }
}

function parseBody(body: string): JsonNode {
  let root: JsonNode;
  try {
    root = parseJsonTree(body);
  } catch (cause) {
    if (cause instanceof JsonDepthError) {
      throw new SallyportError('invalid_request', `The request body nests deeper than ${cause.limit} levels`, {
        cause,
      });
    }
    throw new SallyportError('invalid_json', 'The request body is not valid JSON', { cause });
  }
  if (root.type !== 'object') throw new SallyportError('invalid_request', 'The request body must be a JSON object');
  return root;
}
