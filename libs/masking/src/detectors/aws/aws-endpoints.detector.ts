import type { SearchedText } from '../searched-text';
import { startOfRun } from '../boundaries';
import type { Detector, Finding } from '../detector';
import { isHostUnit, LONGEST_HOST } from '../host-name';
import { matchesAtKeywords } from './context';
import { HOST_KEYWORDS, PUBLIC_LABELS, SERVICE_SUFFIX } from './endpoint-hosts';

const KIND = 'aws-endpoint';

/** What follows a host name; `amazonaws.com` may go on with `.cn`. */
const HOST_END = /(?:\.cn)?(?![A-Za-z0-9-]|\.[A-Za-z0-9])/y;

/** The queue behind an account, and the cluster of an identity provider. */
const IN_PATH = [
  /(?<=(?:sqs\.[a-z0-9-]{5,20}|queue)\.)amazonaws\.com(?:\.cn)?\/\d{12}\/([A-Za-z0-9_-]{1,80}(?:\.fifo)?)/iy,
  /(?<=oidc\.eks\.[a-z0-9-]{5,20}\.)amazonaws\.com(?:\.cn)?\/id\/([A-Z0-9]{20,32})(?![A-Za-z0-9])/y,
];

/** The customer's labels in host names of AWS, and names in paths behind them; the service's name stays readable. */
export const awsEndpoints: Detector = {
  kinds: [KIND],
  keywords: HOST_KEYWORDS,
  find(searched) {
    const inPaths = IN_PATH.flatMap((pattern) => matchesAtKeywords(searched, ['amazonaws.com'], pattern));
    return [
      ...HOST_KEYWORDS.flatMap((keyword) => inHosts(searched, keyword)),
      ...inPaths.map((match): Finding => {
        const end = match.index + match[0].length;
        return { kind: KIND, start: end - (match[1] as string).length, end };
      }),
    ];
  },
};

function inHosts(searched: SearchedText, keyword: string): Finding[] {
  const { text } = searched;
  return searched.at(keyword).flatMap((at): Finding[] => {
    HOST_END.lastIndex = at + keyword.length;
    if (!HOST_END.test(text)) return [];
    const start = startOfRun(text, at, isHostUnit, LONGEST_HOST);
    const host = text.slice(start, HOST_END.lastIndex);
    const length = host.search(SERVICE_SUFFIX);
    if (
      length <= 0 ||
      host
        .slice(0, length)
        .split('.')
        .every((label) => PUBLIC_LABELS.test(label))
    )
      return [];
    return [{ kind: KIND, start, end: start + length }];
  });
}
