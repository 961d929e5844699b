import { ConfigurationError, type MaskingSettings } from '@sallyport/config';
import { readMaskingPolicy, type ReadMaskingPolicy } from '@sallyport/masking';

/**
 * What is masked and what becomes of it, as the settings say.
 *
 * @throws ConfigurationError that lists everything that is wrong with policies, rules and allow-lists
 */
export function loadPolicy({ policies, reportOnly, rules }: MaskingSettings): ReadMaskingPolicy {
  const read = readMaskingPolicy({ policies, reportOnly, rules });
  if (read.problems.length === 0) return read;
  throw new ConfigurationError(read.problems.map((problem) => `MASKING_POLICIES, MASKING_RULES: ${problem}`));
}
