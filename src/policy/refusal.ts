/** An error of several sentences for whoever wrote the pack: without the frames of this package, which say nothing about what to change. */
export function refusal(problems: readonly string[]): Error {
  const error = new Error(problems.join('\n'));
  error.stack = `${error.name}: ${error.message}`;
  return error;
}
