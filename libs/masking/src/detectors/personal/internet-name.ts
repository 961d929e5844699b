/** Labels do not mix scripts, so that a particle behind an address is no part of it: `alice@example.com입니다`. */
const LATIN_LABEL = '[A-Za-z0-9À-ÖØ-öø-ɏ](?:[A-Za-z0-9À-ÖØ-öø-ɏ\\-]{0,61}[A-Za-z0-9À-ÖØ-öø-ɏ])?';
const OTHER_LETTER = String.raw`[\p{L}\p{M}]--\p{Script=Latin}`;
const OTHER_LABEL = String.raw`[${OTHER_LETTER}][[${OTHER_LETTER}]0-9\-]{0,62}`;

/** Endings of other scripts, from the root zone of IANA; listed, as in Korean and Chinese no space ends a name. */
const OTHER_ENDINGS =
  '한국|닷컴|닷넷|삼성|中国|中國|公司|网络|網路|在线|中文网|商城|网址|网店|香港|台湾|台灣|世界|みんな|コム|ストア|рф|рус|бел|укр|срб|мкд|бг|мон|қаз|онлайн|сайт|орг|ком|москва|дети|ευ|ελ|հայ|გე|भारत|ভারত|இந்தியா|ไทย|مصر|السعودية|امارات|ایران|موقع|ישראל';

/**
 * A domain name with at least one dot, in any script, at `lastIndex`. The last label is of letters or punycode
 * (RFC 1123, RFC 5890).
 */
export const INTERNET_NAME = new RegExp(
  `(?:(?:${LATIN_LABEL}|${OTHER_LABEL})\\.){1,32}` +
    `(?:(?:[Xx][Nn]--[A-Za-z0-9\\-]{1,58}[A-Za-z0-9]|[A-Za-z]{2,63})(?![A-Za-z0-9])|(?:${OTHER_ENDINGS}))`,
  'yv',
);
