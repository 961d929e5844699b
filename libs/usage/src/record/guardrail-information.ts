import { MASKED_HEADER } from '@sallyport/dialects';
import type { GuardrailInformation } from './standard-logging-payload';

const LONGEST_HEADER = 4096;
const COUNT = /^([a-z][a-z0-9-]{0,63})=(\d{1,9})$/;

/**
 * What guardrails did to a request before it came to the gateway, from the caller's own headers.
 *
 * @returns null when no guardrail tells of itself, or not in the form that is known
 */
export function guardrailInformation(
  headers: Readonly<Record<string, string>> | null,
): readonly GuardrailInformation[] | null {
  const counts = readCounts(headers?.[MASKED_HEADER] ?? '');
  if (counts === undefined) return null;
  return [
    {
      guardrail_name: 'sallyport-masking',
      guardrail_provider: 'sallyport',
      guardrail_mode: 'pre_call',
      guardrail_status: 'success',
      masked_entity_count: counts,
      guardrail_request: null,
      guardrail_response: null,
      start_time: null,
      end_time: null,
      duration: null,
      guardrail_id: null,
      policy_template: null,
      detection_method: null,
      confidence_score: null,
      classification: null,
      match_details: null,
      patterns_checked: null,
      alert_recipients: null,
      risk_score: null,
      violation_categories: null,
      guardrail_action: 'masked',
    },
  ];
}

function readCounts(header: string): Readonly<Record<string, number>> | undefined {
  if (header === '' || header.length > LONGEST_HEADER) return undefined;
  const counts: Record<string, number> = {};
  for (const part of header.split(',')) {
    const entry = COUNT.exec(part.trim());
    if (entry === null) return undefined;
    counts[entry[1] as string] = Number(entry[2]);
  }
  return counts;
}
