import { INFERENCE_VENDORS } from './inference-vendors';
import { LARGE_VENDORS } from './large-vendors';
import { OWN_ADDRESS_VENDORS } from './own-address-vendors';
import type { OpenAiCompatibleVendor } from './vendor';

export const OPENAI_COMPATIBLE_VENDORS: readonly OpenAiCompatibleVendor[] = [
  ...LARGE_VENDORS,
  ...INFERENCE_VENDORS,
  ...OWN_ADDRESS_VENDORS,
];

/** The row of a prefix or of one of its aliases. */
export function vendorOf(prefix: string): OpenAiCompatibleVendor | undefined {
  return OPENAI_COMPATIBLE_VENDORS.find((row) => row.prefix === prefix || row.aliases?.includes(prefix));
}

/** The row whose vendor owns the host of an address. */
export function vendorAt(address: string): OpenAiCompatibleVendor | undefined {
  return OPENAI_COMPATIBLE_VENDORS.find((row) => isOwnAddress(row, address));
}

/**
 * Whether an address is the vendor's own, so that its key may travel there. Only encrypted ones are: what runs at the
 * operator's own place has no such address.
 */
export function isOwnAddress({ apiBase, domains }: OpenAiCompatibleVendor, address: string): boolean {
  const { protocol, host } = new URL(address);
  // A `{NAME}` stands in the path only.
  const own = domains ?? (apiBase === undefined ? [] : [new URL(apiBase).host]);
  return protocol === 'https:' && own.some((domain) => host === domain || host.endsWith(`.${domain}`));
}
