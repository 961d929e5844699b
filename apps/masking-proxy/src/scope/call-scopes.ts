import { Inject, Injectable } from '@nestjs/common';
import type { MaskingSettings } from '@sallyport/config';
import { isDialect, objectOf } from '@sallyport/dialects';
import type { MaskDraft, MaskedEndpoint, MaskingScope } from '@sallyport/masking';
import type { FastifyRequest } from 'fastify';
import { MaskingKeys } from '../masking-key/masking-keys';
import { StateWatch } from '../memory/state-watch';
import { TenantNotes } from '../memory/tenant-notes';
import { MASKING_SETTINGS } from '../settings';
import { givenConversation, openedConversation, previousResponseOf } from './conversation-name';
import { tenantOf } from './tenant';

/** On whose behalf a call is masked. */
export interface CallScope {
  /** What the tenant's stored grants are kept under. */
  readonly tenant: MaskingScope;
  /** What the call's tokens are made with: the tenant's, or the conversation's. */
  readonly tokens: MaskingScope;
  /** Name of the conversation, where somebody will ask for it. */
  readonly conversation?: string;
}

const KEY_OF_CONVERSATION = 'key of a conversation';
const CONVERSATION_OF_RESPONSE = 'conversation of a response';

/** Finds out whose tokens a call gets, and with which key they are made. */
@Injectable()
export class CallScopes {
  constructor(
    @Inject(MASKING_SETTINGS) private readonly settings: MaskingSettings,
    @Inject(MaskingKeys) private readonly keys: MaskingKeys,
    @Inject(TenantNotes) private readonly notes: TenantNotes,
    @Inject(StateWatch) private readonly watch: StateWatch,
  ) {}

  /** The scope of a call whose body has been read. */
  async of(request: FastifyRequest, endpoint: MaskedEndpoint, draft: MaskDraft): Promise<CallScope> {
    const tenantName = tenantOf(request);
    const tenant = this.keys.scope(tenantName);
    const isConversation = isDialect(endpoint) || endpoint === 'anthropic-count-tokens';
    if (!isConversation || !this.needsConversations) return { tenant, tokens: tenant };
    const conversation = await this.conversationOf(tenantName, request, draft);
    const underWay = draft.modelTexts.length > 0 || previousResponseOf(objectOf(request.body)) !== undefined;
    return this.inConversation(tenantName, conversation, underWay);
  }

  /** The scope in which a response was made that the upstream keeps; the tenant's when that is not known. */
  async ofResponse(request: FastifyRequest, responseId: string): Promise<CallScope> {
    const tenantName = tenantOf(request);
    const tenant = this.keys.scope(tenantName);
    const conversation = this.needsConversations
      ? await this.read(tenantName, CONVERSATION_OF_RESPONSE, responseId)
      : undefined;
    return conversation === undefined
      ? { tenant, tokens: tenant }
      : this.inConversation(tenantName, conversation, true);
  }

  /** Notes which conversation a response belongs to, for the request that carries on from it. */
  async noteResponse(request: FastifyRequest, responseId: string, conversation: string): Promise<void> {
    await this.write(tenantOf(request), CONVERSATION_OF_RESPONSE, responseId, conversation);
  }

  private get needsConversations(): boolean {
    return this.keys.rotated || this.settings.scope === 'conversation';
  }

  private async inConversation(tenantName: string, conversation: string, underWay: boolean): Promise<CallScope> {
    const keyId = this.keys.rotated ? await this.keyOf(tenantName, conversation, underWay) : undefined;
    const name = this.settings.scope === 'conversation' ? `${tenantName}/${conversation}` : tenantName;
    return { tenant: this.keys.scope(tenantName), tokens: this.keys.scope(name, keyId), conversation };
  }

  private async conversationOf(tenant: string, { headers, body }: FastifyRequest, draft: MaskDraft): Promise<string> {
    const members = objectOf(body);
    const given = givenConversation(headers, members);
    if (given !== undefined) return given;
    const previous = previousResponseOf(members);
    const noted = previous === undefined ? undefined : await this.read(tenant, CONVERSATION_OF_RESPONSE, previous);
    return noted ?? openedConversation(members, draft.firstText);
  }

  /**
   * A conversation keeps the key that it began with: its history must be masked to the bytes that the provider has
   * seen. One that is under way and of which nothing is known began before the keys were changed.
   */
  private async keyOf(tenant: string, conversation: string, underWay: boolean): Promise<string | undefined> {
    const noted = await this.read(tenant, KEY_OF_CONVERSATION, conversation);
    const [current, previous] = this.keys.ids;
    const keyId = noted ?? (underWay ? previous : current);
    // Written again each time, so that it is kept for as long as the conversation goes on; nobody waits for it.
    void this.write(tenant, KEY_OF_CONVERSATION, conversation, keyId as string);
    return keyId;
  }

  private read(tenant: string, subject: string, id: string): Promise<string | undefined> {
    return this.watch.attempt('read-note', () => this.notes.read(tenant, subject, id), undefined);
  }

  private write(tenant: string, subject: string, id: string, note: string): Promise<void> {
    return this.watch.attempt('write-note', () => this.notes.write(tenant, subject, id, note), undefined);
  }
}
