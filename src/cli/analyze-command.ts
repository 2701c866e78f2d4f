import { credentialsFrom, type CredentialOptions } from './analyze-credentials';
import { analysisOf } from './analyze-input';
import { prometheusOf, type PrometheusOptions } from './analyze-prometheus';
import { BadInput } from './bad-input';
import type { CommandIo } from './command-io';
import { ExitCode } from './exit-code';
import { processOutside, type CommandOutside, type EndSignal } from './outside';
import { analysisJson } from '../analysis/analysis-json';
import { AnalysisText, timeText } from '../analysis/analysis-text';
import { askPrometheus } from '../analysis/ask-prometheus';
import type { NamedAnalysis } from '../analysis/find-analyses';
import { refusalProblems } from '../analysis/refusal-problems';
import { asSingleLook, runAnalysis, type AnalysisRun, type AnalysisRunSettings } from '../analysis/run-analysis';

/** The options of `analyze`. */
export interface AnalyzeOptions extends CredentialOptions, PrometheusOptions {
  readonly format: 'text' | 'json';
  readonly namespace: string;
  readonly name?: string;
  readonly watch: boolean;
}

/** `zero-downtime analyze`: asks a Prometheus whether a release is good so far. */
export async function runAnalyze(
  paths: readonly string[], options: AnalyzeOptions, io: CommandIo, outside: CommandOutside = processOutside(),
): Promise<ExitCode> {
  const found = analysisOf(paths, options, io);
  const analysis = options.watch ? found : { ...found, document: asSingleLook(found.document) };
  const credentials = credentialsFrom(options, io, outside.env);
  const prometheus = prometheusOf(analysis.document, options, credentials);
  const output = new Output(analysis, options, io);
  const interruption = new AbortController();
  let endSignal: EndSignal | undefined;
  const stopListening = outside.onEndSignal((name) => {
    endSignal = name;
    interruption.abort();
  });
  try {
    const run = await runAnalysis(analysis.document, {
      now: outside.now,
      sleep: outside.sleep,
      signal: interruption.signal,
      ask: (query, signal) => askPrometheus(prometheus, query, outside, signal),
      onMeasured: (measurements) => output.measured(measurements),
      onWaiting: (milliseconds) => output.waiting(outside.now() + milliseconds),
    });
    return output.ended(run, refusalProblems(run.refused, analysis.document, credentials() !== undefined), endSignal);
  } finally {
    stopListening();
  }
}

/** What the command prints, and when: of text each measurement as it comes, of JSON everything at the end. */
class Output {
  private readonly text: AnalysisText;
  private isBegun = false;

  constructor(private readonly analysis: NamedAnalysis, private readonly options: AnalyzeOptions, private readonly io: CommandIo) {
    this.text = new AnalysisText(analysis, !options.watch, io.hasColour);
  }

  measured(measurements: Parameters<AnalysisRunSettings['onMeasured']>[0]): void {
    this.progress('');
    if (measurements.length > 0) {
      this.begin();
      this.print(measurements.map((measurement) => this.text.measurement(measurement)).join(''));
    }
  }

  waiting(until: number): void {
    this.begin();
    this.progress(`next measurement at ${timeText(until)}`);
  }

  /** Bad input is told alone, unless something was measured before it showed. */
  ended(run: AnalysisRun, problems: ReturnType<typeof refusalProblems>, endSignal: EndSignal | undefined): ExitCode {
    this.progress('');
    if (problems.length === 0 || run.measurements.length > 0) {
      this.begin();
      this.io.out(this.options.format === 'json' ? analysisJson(this.analysis, run, problems) : this.text.summary(run));
    }
    if (problems.length > 0) {
      throw new BadInput(problems);
    }
    return exitCodeOf(run, endSignal);
  }

  private begin(): void {
    if (!this.isBegun) {
      this.isBegun = true;
      this.print(this.text.heading());
    }
  }

  private print(text: string): void {
    if (this.options.format === 'text') {
      this.io.out(text);
    }
  }

  private progress(text: string): void {
    if (this.io.isTerminal) {
      this.io.error(`\r\u001b[K${text}`);
    }
  }
}

function exitCodeOf({ phase }: AnalysisRun, endSignal: EndSignal | undefined): ExitCode {
  if (phase === undefined) {
    return endSignal === 'SIGTERM' ? ExitCode.TERMINATED : ExitCode.INTERRUPTED;
  }
  return phase === 'Successful' ? ExitCode.OK : phase === 'Failed' ? ExitCode.FOUND : ExitCode.UNKNOWN;
}
