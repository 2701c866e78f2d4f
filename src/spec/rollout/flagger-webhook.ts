import type { Duration } from 'cdk8s';
import { refuseIf } from '../declaration-error';
import { dnsLabelProblem } from '../names';
import { httpUrl } from '../url';
import { optionalSeconds, quoted, settingsOf, textsOf } from '../values';

/** Settings of a webhook. */
export interface FlaggerWebhookOptions {
  /**
   * The address that is called, such as `http://flagger-loadtester.test/`: with `http://` or `https://`, and seen from Flagger's controller.
   */
  readonly url: string;

  /**
   * The time within which it must answer, from 1 second to 1 hour; later is a no. Load tests are called one after another in each
   * interval, which is longer than their timeouts together.
   * @default Duration.seconds(10)
   */
  readonly timeout?: Duration;

  /**
   * Values that are sent along, such as `cmd` for Flagger's load tester.
   * @default - none
   */
  readonly metadata?: { readonly [key: string]: string };
}

/**
 * A call that Flagger makes at one stage of a release. Any answer but 2xx says no. Each is named by at most 63 lower-case letters,
 * digits or `-`, and no two of a service by the same.
 */
export class FlaggerWebhook {
  /** Before anything is done with a new version: it waits until this says yes. */
  static confirmRollout(name: string, options: FlaggerWebhookOptions): FlaggerWebhook {
    return new FlaggerWebhook('confirm-rollout', name, options);
  }

  /**
   * Before the first traffic: tests of the new version. A no counts as a failed check, and ends the release where the analysis forgives
   * none.
   */
  static preRollout(name: string, options: FlaggerWebhookOptions): FlaggerWebhook {
    return new FlaggerWebhook('pre-rollout', name, options);
  }

  /**
   * In each interval: a load test, so that there is something to measure. A no counts as a failed check. A blue-green release with an
   * analysis needs one: its new version is judged before it has any traffic.
   */
  static loadTest(name: string, options: FlaggerWebhookOptions): FlaggerWebhook {
    return new FlaggerWebhook('rollout', name, options);
  }

  /** Before each further weight, for which it waits until this says yes. */
  static confirmTrafficIncrease(name: string, options: FlaggerWebhookOptions): FlaggerWebhook {
    return new FlaggerWebhook('confirm-traffic-increase', name, options);
  }

  /** Before the new version becomes the primary, for which it waits until this says yes. */
  static confirmPromotion(name: string, options: FlaggerWebhookOptions): FlaggerWebhook {
    return new FlaggerWebhook('confirm-promotion', name, options);
  }

  /** After the end, however it ended. Its answer decides nothing. */
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
    const title = `FlaggerWebhook ${quoted(name)}`;
    const { url, timeout, metadata } = settingsOf(`${title} options`, options);
    this.url = httpUrl(`${title} url`, url);
    this.timeoutSeconds = optionalSeconds(`${title} timeout`, timeout, 1, 3600) ?? 10;
    this.metadata = textsOf(`${title} metadata`, metadata ?? {});
  }
}
