/** What is wrong at a place of a text, before the place is told as line and column. */
export interface Fault {
  /** UTF-16 units from the beginning of the text. */
  readonly offset: number;
  /** One sentence with its remedy. */
  readonly message: string;
}
