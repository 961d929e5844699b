import { applyEdits, JsonDepthError, parseJsonTree, SallyportError, type JsonNode } from '@sallyport/dialects';
import { DETECTORS } from './detectors/detectors';
import type { Detector, Finding } from './detectors/detector';
import { TokenGrants } from './grants/token-grants';
import { textsOf } from './mask/body-texts';
import { MaskDraft } from './mask/mask-draft';
import { TextReviewer } from './mask/text-reviewer';
import { POSITIONS } from './positions/endpoint-positions';
import type { MaskedEndpoint } from './positions/masked-endpoint';
import { decide, MASK_EVERYTHING, type Decision, type MaskingPolicy } from './policy/masking-policy';
import { repeatsOf } from './search/known-values';
import { resolveOverlaps } from './search/resolve-overlaps';
import { TextScanner } from './search/text-scanner';
import { ValueLimit } from './search/value-limit';
import type { MaskingScope } from './tokens/key-ring';

/** What is masked, and how much is remembered; everything has a default. */
export interface MaskerOptions {
  readonly policy?: MaskingPolicy;
  /** Rules that the configuration adds to the built-in detectors. */
  readonly ownDetectors?: readonly Detector[];
  /** Whether a value may leave although a detector found it. */
  readonly allowed?: ((value: string) => boolean) | undefined;
  /** How many texts' findings are remembered; 10,000 unless given. */
  readonly cachedTexts?: number;
  /** Most distinct values in one request; 10,000 unless given. */
  readonly maxValues?: number;
}

/** What masking makes of a plain text. */
export interface MaskedText {
  readonly masked: string;
  /** What was found, whatever the policy does with it, with offsets into the text that came. */
  readonly findings: readonly Finding[];
}

/** Decisions after which a value stays in the text. */
const LEFT_ALONE: ReadonlySet<Decision> = new Set(['allow', 'report']);

const DEFAULT_CACHED_TEXTS = 10_000;
const DEFAULT_MAX_VALUES = 10_000;

/**
 * Masks requests. Holds nothing of a request but the digests of its texts: the same key gives the same tokens, so a
 * conversation's history is masked to the same bytes turn after turn and provider prompt caches keep working.
 */
export class Masker {
  private readonly scanner: TextScanner;
  private readonly reviewer: TextReviewer;
  private readonly policy: MaskingPolicy;
  private readonly limit: ValueLimit;

  constructor(options: MaskerOptions = {}) {
    const { policy = MASK_EVERYTHING, ownDetectors = [], allowed } = options;
    const { cachedTexts = DEFAULT_CACHED_TEXTS, maxValues = DEFAULT_MAX_VALUES } = options;
    this.policy = policy;
    this.limit = new ValueLimit(maxValues, (kind) => !LEFT_ALONE.has(decide(this.policy, kind)));
    this.scanner = new TextScanner({
      // A rule of the configuration names what a built-in one finds too.
      detectors: [...ownDetectors, ...DETECTORS],
      cachedTexts,
      allowed,
      limit: this.limit,
    });
    this.reviewer = new TextReviewer(this.scanner, cachedTexts);
  }

  /**
   * Reads a request body and finds the positions where text lives.
   *
   * @throws SallyportError `invalid_json` when `body` is not JSON; `invalid_request` when it is no object or nests too
   * deep to be walked. Such a body must not be forwarded: nobody knows what is in it.
   */
  read(endpoint: MaskedEndpoint, body: string): MaskDraft {
    const texts = textsOf(body, parseBody(body), POSITIONS[endpoint].request);
    return new MaskDraft(body, texts, { reviewer: this.reviewer, policy: this.policy, limit: this.limit });
  }

  /**
   * Masks a plain text, as a preview of what becomes of it in a request.
   *
   * @throws SallyportError `invalid_request` when it holds more values than a request may
   */
  maskText(text: string, scope: MaskingScope): MaskedText {
    const grants = new TokenGrants(scope.mint);
    const found = this.scanner.find(text);
    const findings = resolveOverlaps([...found, ...repeatsOf(text, found)]);
    const edits = findings
      .filter(({ kind }) => !LEFT_ALONE.has(decide(this.policy, kind)))
      .map(({ kind, start, end }) => ({ start, end, replacement: grants.tokenFor(kind, text.slice(start, end)) }));
    return { masked: applyEdits(text, edits), findings };
  }

  /**
   * Whether a text holds anything that a detector finds.
   *
   * @param name of the member whose value the text is, when it is the value of one
   */
  finds(text: string, name?: string): boolean {
    return this.scanner.find(text, name).length > 0;
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
