import { TokenGrants } from '../grants/token-grants';
import { TokenMinter } from '../tokens/token-minter';
import { ReplySession, type LaneForm, type RestoreOptions } from './reply-session';
import { restoreWhole, type RestoreLane } from './restore-lane';
import { DEFAULT_FETCH_TOOLS } from './sink-rules';

/** Grants of one tenant that nothing has been granted yet. */
export function emptyGrants(secret = 'a key for tests'): TokenGrants {
  return new TokenGrants(new TokenMinter(Buffer.from(secret)));
}

/** Options with the usual sinks, that remember nothing but what was restored. */
export function optionsFor(grants: TokenGrants, changes: Partial<RestoreOptions> = {}): RestoreOptions {
  return { grants, sinks: { fetchTools: DEFAULT_FETCH_TOOLS }, needsMemory: () => false, ...changes };
}

/** Restores a text that is there as a whole. */
export function restoreText(text: string, grants: TokenGrants, form: LaneForm = {}): string {
  return restoreWhole(text, new ReplySession(optionsFor(grants)).laneOptions(form));
}

/** A lane of a reply of its own. */
export function laneFor(grants: TokenGrants, form: LaneForm = {}): RestoreLane {
  return new ReplySession(optionsFor(grants)).lane(form);
}
