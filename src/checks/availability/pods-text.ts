/** A number of pods as messages write it: `1 pod`, `3 pods`. */
export function podsText(count: number): string {
  return count === 1 ? '1 pod' : `${count} pods`;
}
