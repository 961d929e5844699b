import { memberOf, stringOf, type JsonNode } from '@sallyport/dialects';
import type { TokenGrants } from '../grants/token-grants';
import { LOOPBACK_HOSTS } from '../urls/url-host';
import { LaneRecord } from './lane-record';
import { ReplyRecord } from './reply-record';
import { RestoreLane, type LaneOptions } from './restore-lane';
import type { SinkRules } from './sink-rules';

/** What a reply is restored by. */
export interface RestoreOptions {
  /** The tokens of the request that the reply belongs to; no other token is restored. */
  readonly grants: TokenGrants;
  readonly sinks: SinkRules;
  /**
   * Whether masking would change a text that the model wrote as it is.
   *
   * @param name of the JSON member whose value the text is, when there is one
   */
  readonly needsMemory: (text: string, name?: string) => boolean;
  /** How many characters of the reply are remembered at most; what goes beyond is not. 1 Mi unless given. */
  readonly rememberedCharacters?: number;
}

/** What a text of a reply is. */
export interface LaneForm {
  readonly isJson?: boolean;
  /** Name of the tool that it is given to. */
  readonly tool?: string | undefined;
  /** Whether another text of the reply says the same, so that nothing is told of this one. */
  readonly isRepeated?: boolean;
}

const REMEMBERED_CHARACTERS = 1024 * 1024;

/** Everything that the texts of one reply share. */
export class ReplySession {
  readonly record: ReplyRecord;
  responseId: string | undefined;
  conversationId: string | undefined;

  constructor(private readonly options: RestoreOptions) {
    const { grants, needsMemory, rememberedCharacters = REMEMBERED_CHARACTERS } = options;
    this.record = new ReplyRecord({ grants, needsMemory, rememberedCharacters });
  }

  /** Whether masking changed anything that the model has read. */
  get isMasked(): boolean {
    return this.options.grants.size > 0 || this.options.grants.valueCount > 0;
  }

  /** A lane for a text that arrives in parts. */
  lane(form: LaneForm): RestoreLane {
    return new RestoreLane(this.laneOptions(form));
  }

  /** What a lane of a text must know, to restore one that is there as a whole. */
  laneOptions({ isJson = false, tool, isRepeated = false }: LaneForm): LaneOptions {
    const { grants, sinks } = this.options;
    return {
      grants,
      isJson,
      isFetch: tool !== undefined && sinks.fetchTools(tool),
      trusts: this.trusts,
      record: isRepeated ? undefined : new LaneRecord(this.record, isJson),
    };
  }

  /** Takes the ids of a reply of the Responses API. */
  meetResponse(text: string, response: JsonNode | undefined): void {
    const conversation = memberOf(response, 'conversation');
    this.responseId ??= stringOf(text, memberOf(response, 'id'));
    this.conversationId ??= stringOf(text, conversation) ?? stringOf(text, memberOf(conversation, 'id'));
  }

  private readonly trusts = (host: string): boolean => {
    return this.options.grants.trustedHosts.has(host) || LOOPBACK_HOSTS.has(host);
  };
}
