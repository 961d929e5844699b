/** What Claude models of one generation take, where the generations differ. */
export interface ClaudeModel {
  /** Whether the model follows a JSON schema by itself (`output_config.format`) and takes `strict` tools. */
  readonly structuredOutput: boolean;
  /** `budget`: thinks within a number of tokens; `adaptive`: decides by itself and is steered by an effort. */
  readonly thinking: 'budget' | 'adaptive';
  /** How thinking is kept off: by not asking for it, by saying so, or not at all. */
  readonly thinkingOff: 'omit' | 'disable' | 'never';
  /** Whether the effort `xhigh` exists between `high` and `max`. */
  readonly extraHighEffort: boolean;
  /** Whether `temperature`, `top_p` and `top_k` are accepted. */
  readonly sampling: boolean;
}

/**
 * Tells by its name what a Claude model takes. A name that says no version is treated as a model of today whose
 * thinking has a budget, for that form is the oldest.
 * Source: https://platform.claude.com/docs/en/build-with-claude/thinking and its neighbours
 *
 * @param name in any of the usual spellings, such as `claude-sonnet-4-5-20250929`, `anthropic/claude-opus-4.6`,
 *   `us.anthropic.claude-haiku-4-5-20251001-v1:0` or `claude-3-5-sonnet@20241022`
 */
export function claudeModel(name: string): ClaudeModel {
  const { family, version } = claudeVersion(name);
  const modern = family === 'mythos';
  return {
    structuredOutput: version === undefined || version >= 401,
    thinking: modern || (version ?? 0) >= 406 ? 'adaptive' : 'budget',
    thinkingOff: thinkingOff(family, version ?? 0),
    extraHighEffort: modern || (version ?? 0) >= 407,
    sampling: !modern && (version ?? 0) < 407,
  };
}

/** Version 4.6 is 406. */
function claudeVersion(name: string): { family: string; version: number | undefined } {
  const match = /claude-(?:([a-z]+)(?:-|$))?(?:v?(\d{1,2})(?:[-.](\d{1,2}))?(?!\d))?/i.exec(name);
  const [, family = '', major, minor = '0'] = match ?? [];
  return {
    family: family.toLowerCase(),
    version: major === undefined ? undefined : Number(major) * 100 + Number(minor),
  };
}

function thinkingOff(family: string, version: number): ClaudeModel['thinkingOff'] {
  if (version < 500) return 'omit';
  const canBeDisabled = family === 'haiku' || ((family === 'opus' || family === 'sonnet') && version === 500);
  return canBeDisabled ? 'disable' : 'never';
}
