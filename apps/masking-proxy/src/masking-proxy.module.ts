import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule, registerAs } from '@nestjs/config';
import type { MaskingSettings } from '@sallyport/config';
import { Masker, ReplyLedger, StoredGrants } from '@sallyport/masking';
import { API_KEYS, HealthModule } from '@sallyport/platform';
import type { HttpPort } from '@sallyport/providers';
import type { MaskingStateStore } from '@sallyport/stores';
import type { Logger, Registry } from '@sallyport/telemetry';
import { ChatController } from './chat/chat.controller';
import { CompletionsController } from './completions/completions.controller';
import { EncodedBodies } from './decode/encoded-bodies';
import { EmbeddingsController } from './embeddings/embeddings.controller';
import { HTTP_CLIENT, UpstreamClient } from './forward/upstream-client';
import { MaskingSelfTest } from './health/masking-self-test';
import { StatusController } from './health/status.controller';
import { MaskingKeys } from './masking-key/masking-keys';
import { MaskedCallService } from './masked-call/masked-call.service';
import { ReplyRestoration } from './masked-call/reply-restoration';
import { RequestMasking } from './masked-call/request-masking';
import { StoredReplyService } from './masked-call/stored-reply.service';
import { CallMemory } from './memory/call-memory';
import { MASKING_STATE } from './memory/masking-state.token';
import { StateWatch } from './memory/state-watch';
import { TenantNotes } from './memory/tenant-notes';
import { MessagesController } from './messages/messages.controller';
import { MaskingMetrics } from './metrics/masking-metrics';
import { PassthroughController } from './passthrough/passthrough.controller';
import { PreviewController } from './preview/preview.controller';
import { ResponsesController } from './responses/responses.controller';
import { StoredResponsesController } from './responses/stored-responses.controller';
import { CallScopes } from './scope/call-scopes';
import { MASKING_NAMESPACE } from './settings';

/** Everything that the proxy does not make for itself. */
interface MaskingProxyParts {
  readonly settings: MaskingSettings;
  readonly masker: Masker;
  readonly keys: MaskingKeys;
  readonly state: MaskingStateStore;
  readonly http: HttpPort;
  readonly metrics: MaskingMetrics;
  readonly registry: Registry;
  readonly logger: Logger;
}

@Module({})
export class MaskingProxyModule {
  static register(parts: MaskingProxyParts): DynamicModule {
    const { settings, masker, keys, state, metrics } = parts;
    const { ttlSeconds } = settings.state;
    const selfTest = new MaskingSelfTest(masker, keys);
    return {
      module: MaskingProxyModule,
      imports: [
        ConfigModule.forRoot({ ignoreEnvFile: true, load: [registerAs(MASKING_NAMESPACE, () => settings)] }),
        HealthModule.register(parts.registry, { ready: [selfTest] }),
      ],
      controllers: [
        MessagesController,
        ChatController,
        ResponsesController,
        StoredResponsesController,
        CompletionsController,
        EmbeddingsController,
        PreviewController,
        StatusController,
        // The last one takes what the others leave.
        PassthroughController,
      ],
      providers: [
        { provide: API_KEYS, useValue: [settings.masterKey, ...settings.apiKeys] },
        { provide: HTTP_CLIENT, useValue: parts.http },
        { provide: Masker, useValue: masker },
        { provide: MaskingKeys, useValue: keys },
        { provide: MASKING_STATE, useValue: state },
        { provide: MaskingMetrics, useValue: metrics },
        { provide: MaskingSelfTest, useValue: selfTest },
        { provide: StateWatch, useValue: new StateWatch(metrics, parts.logger) },
        { provide: ReplyLedger, useValue: new ReplyLedger(state, ttlSeconds) },
        { provide: StoredGrants, useValue: new StoredGrants(state, ttlSeconds) },
        { provide: TenantNotes, useValue: new TenantNotes(state, keys, ttlSeconds) },
        CallMemory,
        CallScopes,
        EncodedBodies,
        MaskedCallService,
        ReplyRestoration,
        RequestMasking,
        StoredReplyService,
        UpstreamClient,
      ],
    };
  }
}
