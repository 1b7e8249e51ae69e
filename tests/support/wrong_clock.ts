const RightDate = Date

/** Does the work on a machine whose clock is so many days ahead. The database's is right. */
export async function withWrongClock<T>({ days }: { days: number }, work: () => Promise<T>): Promise<T> {
  const off = days * 86_400_000
  globalThis.Date = class Date extends RightDate {
    constructor(...given: any[]) {
      if (given.length === 0) super(RightDate.now() + off)
      else super(...(given as [any]))
    }

    static now() {
      return RightDate.now() + off
    }
  } as any
  try {
    return await work()
  } finally {
    globalThis.Date = RightDate
  }
}
