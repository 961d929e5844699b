import { memberOf, stringOf, type JsonNode, type SseEvent } from '@sallyport/dialects';
import type { ReplySession } from './reply-session';
import { restoreWhole, type RestoreLane } from './restore-lane';
import type { ResponsesLaneEvent } from './responses-lanes';

/** An event, as it is read. */
export interface ReadEvent {
  readonly event: SseEvent;
  readonly text: string;
  readonly root: JsonNode;
}

/** Text that a lane held back, and the last event of the lane: one that sends the text looks like it. */
export interface HeldDelta {
  readonly last: ReadEvent;
  readonly rest: string;
}

interface OpenLane {
  readonly lane: RestoreLane;
  last: ReadEvent;
}

/** An output item of the Responses API that is being streamed. */
export class ResponsesOpenItem {
  private readonly lanes = new Map<string, OpenLane>();
  private toolName: string | undefined;
  private hosted = false;

  constructor(private readonly session: ReplySession) {}

  /** Name of the tool that it calls. */
  get tool(): string | undefined {
    return this.toolName;
  }

  /** Whether a container of the provider runs what it says. */
  get isHosted(): boolean {
    return this.hosted;
  }

  /** The item begins. */
  begin(text: string, item: JsonNode): void {
    const name = stringOf(text, memberOf(item, 'name'));
    if (name !== undefined) this.toolName = restoreWhole(name, this.session.laneOptions({ isRepeated: true }));
    const environment = memberOf(item, 'environment');
    this.hosted = stringOf(text, memberOf(environment, 'type')) === 'container_reference';
  }

  /** The lane that a delta belongs to. */
  laneOf({ key, form }: ResponsesLaneEvent, event: ReadEvent): RestoreLane {
    const known = this.lanes.get(key);
    if (known !== undefined) {
      known.last = event;
      return known.lane;
    }
    const lane = this.session.lane({ isJson: form.isJson, tool: form.isCall ? this.tool : undefined });
    this.lanes.set(key, { lane, last: event });
    return lane;
  }

  /** What is held back of one text, or of all. */
  flush(key?: string): HeldDelta[] {
    const open = key === undefined ? [...this.lanes.values()] : [this.lanes.get(key)];
    return open.flatMap((found) => {
      const rest = found?.lane.flush() ?? '';
      return found === undefined || rest === '' ? [] : [{ last: found.last, rest }];
    });
  }

  /** The item is over. @param isTold whether an event tells the whole of it */
  close(isTold: boolean): void {
    for (const { lane } of this.lanes.values()) {
      if (isTold) lane.forget();
      else lane.finish();
    }
    this.lanes.clear();
  }
}
