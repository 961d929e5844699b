/**
 * Countries by the length of their numbers: the IBAN registry of SWIFT (ISO 13616), release 101, with the territories
 * of France and the countries that use IBANs without being registered.
 */
const COUNTRIES: Readonly<Record<number, string>> = {
  15: 'NO',
  16: 'BE',
  18: 'DK FI AX FO GL NL SD FK',
  19: 'MK SI',
  20: 'AT BA EE KZ LT LU XK MN',
  21: 'CH HR LI LV',
  22: 'BG BH CR DE GB GE IE ME RS VA IM JE GG',
  23: 'AE GI IL IQ TL OM SO',
  24: 'AD CZ ES MD PK RO SA SE SK TN VG',
  25: 'PT AO CV MZ LY ST',
  26: 'IS TR IR',
  27: 'FR GF GP MQ RE PF TF YT NC BL MF PM WF GR IT MC MR SM BI CF CG CM DJ GA GQ KM TD MG',
  28: 'AL AZ BY CY DO GT HN HU LB NI PL SV BF BJ CI GW ML MA NE SN TG',
  29: 'BR EG PS QA UA',
  30: 'JO KW MU YE',
  31: 'MT SC',
  32: 'LC',
  33: 'RU',
};

const LENGTHS: ReadonlyMap<string, number> = new Map(
  Object.entries(COUNTRIES).flatMap(([length, codes]) => codes.split(' ').map((code) => [code, Number(length)])),
);

/** How many letters and digits the IBANs of a country have; undefined when it has none. */
export function ibanLength(country: string): number | undefined {
  return LENGTHS.get(country);
}

/**
 * Whether an IBAN has the right check digits (ISO 7064, MOD 97-10).
 *
 * @param iban letters of any case and digits, without separators
 */
export function passesMod97(iban: string): boolean {
  let rest = 0;
  for (let place = 4; place < iban.length + 4; place += 1) {
    const unit = iban.charCodeAt(place % iban.length);
    rest = unit < 0x41 ? (rest * 10 + unit - 0x30) % 97 : (rest * 100 + (unit & 0x1f) + 9) % 97;
  }
  return rest === 1;
}
