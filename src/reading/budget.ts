/** What aliases and merge keys of one text may still add; a text of one line could otherwise stand for billions of values. */
export class Budget {
  private left: number;

  constructor(private readonly total: number) {
    this.left = total;
  }

  /** Whether more was asked for than there is. */
  get isExceeded(): boolean {
    return this.left < 0;
  }

  /** Takes some, and says why it cannot. */
  take(count: number): string | undefined {
    this.left -= count;
    return this.isExceeded ? `aliases and merge keys must stand for at most ${this.total} values; write fewer` : undefined;
  }
}
