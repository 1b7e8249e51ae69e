/** Doors without sign-in: unsubscribe, preferences, links, pixel. A GET never changes anything. */
export {}
