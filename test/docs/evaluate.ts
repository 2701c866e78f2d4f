import * as ts from 'typescript';

/** Runs the text of a TypeScript program in this process. */
export function evaluate(program: string, substitutes: Readonly<Record<string, unknown>> = {}): void {
  const { outputText } = ts.transpileModule(program, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  });
  // The package's own name leads to the sources: the configuration of jest says so.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  new Function('require', 'exports', outputText)((name: string) => substitutes[name] ?? require(name), {});
}
