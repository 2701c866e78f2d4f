/** Gathers what is wrong with a declaration, so that a user reads all of it at once. */
export class Problems {
  private readonly found: string[] = [];

  /** Notes a problem, where there is one. */
  add(problem: string | undefined): void {
    if (problem !== undefined && !this.found.includes(problem)) {
      this.found.push(problem);
    }
  }

  get all(): readonly string[] {
    return this.found;
  }
}
