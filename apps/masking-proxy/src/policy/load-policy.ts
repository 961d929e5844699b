import { ConfigurationError, type MaskingSettings } from '@sallyport/config';
import { readMaskingPolicy, type ReadMaskingPolicy } from '@sallyport/masking';

/**
 * What is masked and what becomes of it, as the settings say.
 *
 * @throws ConfigurationError that lists everything that is wrong with policies, rules and allow-lists
 */
export function loadPolicy({ policies, reportOnly, rules }: MaskingSettings): ReadMaskingPolicy {
  const read = readMaskingPolicy({ policies, reportOnly, rules });
  const problems = [
    ...read.problems.policies.map((problem) => `MASKING_POLICIES: ${problem}`),
    ...read.problems.rules.map((problem) => `MASKING_RULES: ${problem}`),
  ];
  if (problems.length > 0) throw new ConfigurationError(problems);
  return read;
}
