import type { Duration } from 'cdk8s';
import { refuseIf } from '../declaration-error';
import { dnsLabelProblem } from '../names';
import { httpUrl } from '../url';
import { optionalSeconds, quoted } from '../values';

/** Settings of a webhook. */
export interface FlaggerWebhookOptions {
  /**
   * The address that is called, such as `http://flagger-loadtester.test/`.
   */
  readonly url: string;

  /**
   * The time within which it must answer, from 1 second to 1 hour.
   * @default Duration.seconds(10)
   */
  readonly timeout?: Duration;

  /**
   * Values that are sent along, such as `cmd` for Flagger's load tester.
   * @default - none
   */
  readonly metadata?: { readonly [key: string]: string };
}

/** A call that Flagger makes at one stage of a release. Any answer but 2xx says no. */
export class FlaggerWebhook {
  /** Before anything is done with a new version: it waits until this says yes. */
  static confirmRollout(name: string, options: FlaggerWebhookOptions): FlaggerWebhook {
    return new FlaggerWebhook('confirm-rollout', name, options);
  }

  /** Before the first traffic: tests of the new version. A no ends the release. */
  static preRollout(name: string, options: FlaggerWebhookOptions): FlaggerWebhook {
    return new FlaggerWebhook('pre-rollout', name, options);
  }

  /** In each interval: a load test, so that there is something to measure. A no counts as a failed check. */
  static loadTest(name: string, options: FlaggerWebhookOptions): FlaggerWebhook {
    return new FlaggerWebhook('rollout', name, options);
  }

  /** Before each further weight. */
  static confirmTrafficIncrease(name: string, options: FlaggerWebhookOptions): FlaggerWebhook {
    return new FlaggerWebhook('confirm-traffic-increase', name, options);
  }

  /** Before the new version becomes the primary. */
  static confirmPromotion(name: string, options: FlaggerWebhookOptions): FlaggerWebhook {
    return new FlaggerWebhook('confirm-promotion', name, options);
  }

  /** After the end, however it ended. */
  static postRollout(name: string, options: FlaggerWebhookOptions): FlaggerWebhook {
    return new FlaggerWebhook('post-rollout', name, options);
  }

  /** While a release goes on: a yes gives it up. */
  static rollback(name: string, options: FlaggerWebhookOptions): FlaggerWebhook {
    return new FlaggerWebhook('rollback', name, options);
  }

  /** The time within which it must answer. */
  readonly timeoutSeconds: number;
  /** The address that is called. */
  readonly url: string;
  /** Values that are sent along. */
  readonly metadata: { readonly [key: string]: string };

  private constructor(
    /** When it is called, in Flagger's words. */
    readonly type: string,
    /** Its name. */
    readonly name: string,
    options: FlaggerWebhookOptions,
  ) {
    refuseIf(dnsLabelProblem('FlaggerWebhook name', name));
    this.url = httpUrl(`FlaggerWebhook ${quoted(name)} url`, options.url);
    this.timeoutSeconds = optionalSeconds(`FlaggerWebhook ${quoted(name)} timeout`, options.timeout, 1, 3600) ?? 10;
    this.metadata = options.metadata ?? {};
  }
}
