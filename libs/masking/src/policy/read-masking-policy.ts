import type { Detector } from '../detectors/detector';
import { isBuiltInKind, type MaskKind } from '../kinds/kinds';
import { POLICY_ACTIONS, type MaskingPolicy, type PolicyAction } from './masking-policy';
import { compileOwnRule, compilePattern, type OwnRule } from './own-rules';
import { rulesFileSchema, type RulesFile } from './rules-file.schema';

/** What the configuration says of masking, as it was written. */
interface MaskingPolicyText {
  /** Actions by kind. */
  readonly policies: ReadonlyMap<string, string>;
  readonly reportOnly: boolean;
  /** Content of the file of rules; undefined when there is none. */
  readonly rules: unknown;
}

/** What was read of the configuration. What is wrong with it is listed, and left out of the rest. */
export interface ReadMaskingPolicy {
  readonly policy: MaskingPolicy;
  /** Detectors of the configuration's own rules. */
  readonly ownDetectors: readonly Detector[];
  /** Whether a value may leave although a detector found it; undefined when none may. */
  readonly allowed: ((value: string) => boolean) | undefined;
  /** What is wrong with the actions by kind, and with the file of rules, each with the place where it stands. */
  readonly problems: { readonly policies: readonly string[]; readonly rules: readonly string[] };
}

/** Reads what the configuration says of kinds, rules and exceptions, and lists everything that is wrong with it. */
export function readMaskingPolicy({ policies, reportOnly, rules }: MaskingPolicyText): ReadMaskingPolicy {
  const problems = { policies: [] as string[], rules: [] as string[] };
  const file = readFile(rules, problems.rules);
  const own = readOwnRules(file, problems.rules);
  const actions = new Map<MaskKind, PolicyAction>(own.map(({ kind, action }) => [kind, action]));
  for (const [kind, action] of policies) {
    if (!isBuiltInKind(kind) && !actions.has(kind as MaskKind)) problems.policies.push(`${kind}: no such kind`);
    else if (!isAction(action)) problems.policies.push(`${kind}: must be one of ${POLICY_ACTIONS.join(', ')}`);
    else actions.set(kind as MaskKind, action);
  }
  return {
    policy: { actions, reportOnly },
    ownDetectors: own.map(({ detector }) => detector),
    allowed: readAllowed(file, problems.rules),
    problems,
  };
}

function readFile(rules: unknown, problems: string[]): RulesFile {
  const read = rulesFileSchema.safeParse(rules ?? {});
  if (read.success) return read.data;
  for (const { path, message } of read.error.issues) problems.push(`${path.join('.') || 'the file'}: ${message}`);
  return rulesFileSchema.parse({});
}

function readOwnRules({ rules }: RulesFile, problems: string[]): OwnRule[] {
  const compiled = new Map<string, OwnRule>();
  for (const [index, rule] of rules.entries()) {
    if (compiled.has(rule.name)) problems.push(`rules.${index}.name: ${rule.name} is taken`);
    else {
      const own = attempt(() => compileOwnRule(rule), `rules.${index}`, problems);
      if (own !== undefined) compiled.set(rule.name, own);
    }
  }
  return [...compiled.values()];
}

function readAllowed({ allow }: RulesFile, problems: string[]): ReadMaskingPolicy['allowed'] {
  const values = new Set(allow.values);
  const patterns = allow.patterns.flatMap(
    (pattern, index) => attempt(() => compilePattern(pattern), `allow.patterns.${index}`, problems) ?? [],
  );
  if (values.size === 0 && patterns.length === 0) return undefined;
  return (value) => values.has(value) || patterns.some((pattern) => pattern.matches(value));
}

function attempt<T>(work: () => T, place: string, problems: string[]): T | undefined {
  try {
    return work();
  } catch (error) {
    problems.push(`${place}: ${(error as Error).message}`);
    return undefined;
  }
}

function isAction(text: string): text is PolicyAction {
  return (POLICY_ACTIONS as readonly string[]).includes(text);
}
