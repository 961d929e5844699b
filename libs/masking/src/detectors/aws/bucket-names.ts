import { REGION } from './regions';

/** Words that a hyphenated English word or a limiter's bucket may hold, and a bucket's name hardly does. */
const PROSE_WORDS: ReadonlySet<string> = new Set(
  (
    'a an the of to by in on at is it as for and or per not non no self sub up out off re pre co one two first last ' +
    'based level levels rate rates limit limits limited limiter limiting token tokens leaky burst time size sized free ' +
    'full side wide scoped specific owned managed access acl amz policy policies style hosted backed shared ' +
    'region regional name names key keys value values second seconds minute minutes hour hours day days week weeks ms sec'
  ).split(' '),
);

/** Words that make a hyphenated name look like a bucket's. */
const BUCKET_WORDS: ReadonlySet<string> = new Set(
  (
    'bucket buckets logs log logging prod production dev staging stage qa data datalake lake backup backups asset assets ' +
    'static media upload uploads artifacts archive archives website images files storage terraform tfstate state cdn ' +
    'reports config configs cloudtrail public private raw models'
  ).split(' '),
);

/** What stands in place of a value: types, booleans, placeholders, units of time. */
const NO_NAME = new Set(
  (
    'string str boolean bool number integer int object array any null none undefined true false void unknown never name ' +
    'bucket buckets value default required optional hour minute second week month year control region output input'
  ).split(' '),
);

/** Members and attributes in code, which have dots as some names of buckets do. */
const IN_CODE = /^(?:aws|s3|this|self|args|props|config|process)\.|\.(?:length|get|buckets?|name|value)(?:[.-]|$)/;
const REGION_OR_ZONE = new RegExp(`^${REGION}[a-z]?$`);
const QUANTITY = /^[\d.-]+[a-z]{0,7}$/;

/** Whether the value of a setting called bucket is a name: words alone are mostly types or modes. */
export function isBucketSetting(name: string): boolean {
  return /[0-9-]/.test(name) && /[a-z]/.test(name) && !isSomethingElse(name);
}

/** Whether a word is a name where nothing but a bucket's name can be meant. */
export function isBucketWord(name: string): boolean {
  return /^[a-z][a-z0-9.-]{3,}$/.test(name) && !NO_NAME.has(name) && !isSomethingElse(name);
}

/**
 * Whether a word of prose next to "bucket" is a name: several parts, none of them of plain English.
 *
 * @param isTopic tells whether S3 is the topic, so that two parts suffice
 */
export function isBucketInProse(name: string, isTopic: () => boolean): boolean {
  const parts = name.split(/[.-]/);
  if (parts.length < 2 || !isBucketSetting(name) || parts.some((part) => PROSE_WORDS.has(part))) return false;
  return parts.length > 2 || /\d/.test(name) || parts.some((part) => BUCKET_WORDS.has(part)) || isTopic();
}

function isSomethingElse(name: string): boolean {
  return REGION_OR_ZONE.test(name) || QUANTITY.test(name) || IN_CODE.test(name);
}
