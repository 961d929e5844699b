import { LEFT_BOUNDARY, RIGHT_BOUNDARY } from '../boundaries';
import type { Detector, Finding } from '../detector';
import { REGION } from './regions';
import { matchesIn, windowsAround } from './windows';

const KIND = 'aws-resource-id';

/** A form that many values have, and the words near which it is an id. */
interface FormByWords {
  readonly form: RegExp;
  readonly keywords: readonly string[];
  /** The same words in Korean. */
  readonly korean?: RegExp;
  /** How far behind the beginning of a word an id may end. */
  readonly reach: number;
}

const ids = (form: string): RegExp => new RegExp(`${LEFT_BOUNDARY}${form}${RIGHT_BOUNDARY}`, 'g');

const FORMS: readonly FormByWords[] = [
  {
    form: ids('Z(?=[A-Z]{0,30}[0-9])[A-Z0-9]{7,31}'),
    keywords: ['zone', 'route53', 'route 53'],
    korean: /호스팅|영역/g,
    reach: 72,
  },
  {
    form: ids('E(?=[A-Z]{0,13}[0-9])[A-Z0-9]{9,14}'),
    keywords: ['distribution', 'cloudfront', 'origin-access', 'origin access'],
    korean: /배포/g,
    reach: 64,
  },
  {
    form: ids('[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'),
    keywords: ['kms', 'cmk', 'keyid', 'key-id', 'key/'],
    reach: 72,
  },
  {
    form: ids('(?=[a-z]{0,9}[0-9])(?=[0-9]{0,9}[a-z])[a-z0-9]{10}'),
    keywords: ['rest-api-id', 'restapiid', 'rest api id', 'restapis/', '--api-id'],
    reach: 28,
  },
  { form: ids(`${REGION}_[A-Za-z0-9]{4,55}`), keywords: ['user-pool', 'userpool', 'user pool', 'cognito'], reach: 96 },
  { form: ids('d-[0-9a-z]{10}'), keywords: ['directory', 'workspace', 'identitystore', 'identity store'], reach: 56 },
  { form: ids('e-[a-z0-9]{10}'), keywords: ['beanstalk', 'environmentid', 'environment-id'], reach: 56 },
  {
    form: ids('r-[a-z0-9]{4,32}'),
    keywords: ['organization', 'parent-id', 'parentid', 'root-id', 'rootid'],
    reach: 56,
  },
  { form: ids('o-[a-z0-9]{10,32}'), keywords: ['organization', 'orgid', 'org-id', 'org_id'], reach: 64 },
];

/** Ids by the words near them: hosted zones, distributions, keys of KMS, APIs, directories. */
export const awsIdsByWords: Detector = {
  kinds: [KIND],
  keywords: FORMS.flatMap(({ keywords }) => keywords),
  find(searched) {
    return FORMS.flatMap((form) => {
      const places = form.keywords.flatMap((keyword) => searched.at(keyword));
      return near(searched.text, places, form);
    });
  },
};

/** The same by Korean words, which keywords cannot hold. */
export const awsIdsByKoreanWords: Detector = {
  kinds: [KIND],
  find({ text }) {
    return FORMS.flatMap((form) => {
      if (form.korean === undefined) return [];
      const places = Array.from(text.matchAll(form.korean), ({ index }) => index);
      return near(text, places, form);
    });
  },
};

function near(text: string, places: readonly number[], { form, reach }: FormByWords): Finding[] {
  return matchesIn(text, windowsAround(places, 0, reach), form).map(({ start, end }) => ({ kind: KIND, start, end }));
}
