import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule, registerAs } from '@nestjs/config';
import type { GatewaySettings } from '@sallyport/config';
import { API_KEYS, HealthModule } from '@sallyport/platform';
import type { Provider } from '@sallyport/providers';
import type { CircuitBreakerPort, ModelRouter, RateLimiterPort } from '@sallyport/routing';
import type { Registry } from '@sallyport/telemetry';
import { CIRCUIT_BREAKER } from './breakers/circuit-breaker.token';
import { CircuitBreakersController } from './breakers/circuit-breakers.controller';
import { CallService } from './call/call.service';
import { KeyRateLimit, RATE_LIMITER } from './call/key-rate-limit';
import { ReplySender } from './call/reply-sender';
import { UpstreamCaller } from './call/upstream-caller';
import { ChatController } from './chat/chat.controller';
import { CompletionsController } from './completions/completions.controller';
import { EmbeddingsController } from './embeddings/embeddings.controller';
import { HelloController } from './health/hello.controller';
import { StatusController } from './health/status.controller';
import { AcceptedRecordsController } from './logs/accepted-records.controller';
import { MessagesController } from './messages/messages.controller';
import { GatewayMetrics } from './metrics/gateway-metrics';
import { ModelsController } from './models/models.controller';
import { ModelsService } from './models/models.service';
import { AudioController } from './passthrough/audio.controller';
import { BatchesController } from './passthrough/batches.controller';
import { FilesController } from './passthrough/files.controller';
import { ImagesController } from './passthrough/images.controller';
import { JudgementsController } from './passthrough/judgements.controller';
import { CallRecorder } from './recording/call-recorder';
import { RECORD_SINK, type RecordSink } from './recording/record-sink.port';
import { ResponsesController } from './responses/responses.controller';
import { GATEWAY_NAMESPACE } from './settings';
import { TokenCountController } from './token-count/token-count.controller';
import { TokenCountService } from './token-count/token-count.service';
import { MODEL_ROUTER } from './upstreams/create-router';

/** Everything that the gateway does not make for itself: state, upstreams and the way out for records. */
export interface GatewayParts {
  readonly settings: GatewaySettings;
  readonly router: ModelRouter<Provider>;
  readonly breaker: CircuitBreakerPort;
  readonly rateLimiter: RateLimiterPort;
  readonly recorder: CallRecorder;
  readonly sink: RecordSink;
  readonly metrics: GatewayMetrics;
  readonly registry: Registry;
}

@Module({})
export class GatewayModule {
  static register(parts: GatewayParts): DynamicModule {
    return {
      module: GatewayModule,
      imports: [
        ConfigModule.forRoot({
          ignoreEnvFile: true,
          load: [registerAs(GATEWAY_NAMESPACE, () => parts.settings)],
        }),
        HealthModule.register(parts.registry),
      ],
      controllers: [
        ChatController,
        CompletionsController,
        ResponsesController,
        MessagesController,
        TokenCountController,
        EmbeddingsController,
        ModelsController,
        ImagesController,
        AudioController,
        JudgementsController,
        FilesController,
        BatchesController,
        CircuitBreakersController,
        AcceptedRecordsController,
        StatusController,
        HelloController,
      ],
      providers: [
        { provide: API_KEYS, useValue: parts.settings.apiKeys },
        { provide: MODEL_ROUTER, useValue: parts.router },
        { provide: CIRCUIT_BREAKER, useValue: parts.breaker },
        { provide: RATE_LIMITER, useValue: parts.rateLimiter },
        { provide: CallRecorder, useValue: parts.recorder },
        { provide: RECORD_SINK, useValue: parts.sink },
        { provide: GatewayMetrics, useValue: parts.metrics },
        CallService,
        KeyRateLimit,
        ModelsService,
        ReplySender,
        TokenCountService,
        UpstreamCaller,
      ],
    };
  }
}
