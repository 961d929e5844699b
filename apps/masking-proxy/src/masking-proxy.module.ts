import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule, registerAs } from '@nestjs/config';
import type { MaskingSettings } from '@sallyport/config';
import { KeyRing, Masker } from '@sallyport/masking';
import { API_KEYS, HealthModule } from '@sallyport/platform';
import type { HttpPort } from '@sallyport/providers';
import type { Registry } from '@sallyport/telemetry';
import { EncodedBodies } from './forward/encoded-bodies';
import { HTTP_CLIENT, UpstreamClient } from './forward/upstream-client';
import { MaskingSelfTest } from './health/masking-self-test';
import { StatusController } from './health/status.controller';
import { ChatController } from './masked-call/chat.controller';
import { MaskedCallService } from './masked-call/masked-call.service';
import { MessagesController } from './masked-call/messages.controller';
import { MaskingMetrics } from './metrics/masking-metrics';
import { PassthroughController } from './passthrough/passthrough.controller';
import { PreviewController } from './preview/preview.controller';
import { MASKING_NAMESPACE } from './settings';

/** Everything that the proxy does not make for itself. */
export interface MaskingProxyParts {
  readonly settings: MaskingSettings;
  readonly masker: Masker;
  readonly keys: KeyRing;
  readonly http: HttpPort;
  readonly metrics: MaskingMetrics;
  readonly registry: Registry;
}

@Module({})
export class MaskingProxyModule {
  static register(parts: MaskingProxyParts): DynamicModule {
    const selfTest = new MaskingSelfTest(parts.masker, parts.keys);
    return {
      module: MaskingProxyModule,
      imports: [
        ConfigModule.forRoot({ ignoreEnvFile: true, load: [registerAs(MASKING_NAMESPACE, () => parts.settings)] }),
        HealthModule.register(parts.registry, { ready: [selfTest] }),
      ],
      // The last one takes what the others leave.
      controllers: [MessagesController, ChatController, PreviewController, StatusController, PassthroughController],
      providers: [
        { provide: API_KEYS, useValue: [parts.settings.masterKey] },
        { provide: HTTP_CLIENT, useValue: parts.http },
        { provide: Masker, useValue: parts.masker },
        { provide: KeyRing, useValue: parts.keys },
        { provide: MaskingMetrics, useValue: parts.metrics },
        { provide: MaskingSelfTest, useValue: selfTest },
        EncodedBodies,
        MaskedCallService,
        UpstreamClient,
      ],
    };
  }
}
