/** Seconds of each unit of Go's time.ParseDuration; the micro sign has two code points. */
const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, μs: 1e-6, ns: 1e-9 };

const WHOLE = /^([-+]?)((?:(?:\d+(?:\.\d*)?|\.\d+)(?:h|ms|m|s|us|µs|μs|ns))+|0)$/;
const TERM = /(\d+(?:\.\d*)?|\.\d+)(h|ms|m|s|us|µs|μs|ns)/g;

/** Go keeps nanoseconds in 64 bits. */
const MOST_SECONDS = 2 ** 63 / 1e9;

/** The seconds of a duration as Go, Istio and the Gateway API write it, such as `1h10m5.5s`; nothing where it is none. */
export function goDuration(text: string): number | undefined {
  const whole = WHOLE.exec(text);
  if (whole === null) {
    return undefined;
  }
  const seconds = [...whole[2].matchAll(TERM)].reduce((total, [, amount, unit]) => total + secondsIn(Number(amount), unit), 0);
  if (seconds >= MOST_SECONDS) {
    return undefined;
  }
  return whole[1] === '-' && seconds > 0 ? -seconds : seconds;
}

/** A quotient of whole numbers is the nearest double; a product with 0.001 often is not. */
function secondsIn(amount: number, unit: string): number {
  return SECONDS[unit] >= 1 ? amount * SECONDS[unit] : amount / Math.round(1 / SECONDS[unit]);
}
