/** In the place of `test` for what an adapter does not claim: there is nothing to test, and nothing is skipped. */
export function unclaimed(_name: string, _body: () => Promise<void>): void {}
