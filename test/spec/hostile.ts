/** Texts that a message must neither repeat as they are nor grow with. */
export const HOSTILE: Array<[string, string]> = [
  ['control characters', 'a\u0000b\u001b[31m\r\n'],
  ['quotes', 'a"b\'c`d\\'],
  ['ten thousand characters', 'Ä'.repeat(10_000)],
  ['ten thousand legal characters', '-'.repeat(10_000)],
  ['unicode', 'päyments-支付-💥'],
  ['a right-to-left override', 'a\u202eb'],
  ['white space', ' \t\n'],
];

/** A message is one line of readable length, without control characters, whatever was declared. */
export function expectReadable(message: string | undefined): void {
  expect(message).toBeDefined();
  // eslint-disable-next-line no-control-regex
  expect(message).not.toMatch(/[\u0000-\u001f\u007f]/);
  expect(message!.length).toBeLessThan(400);
}
