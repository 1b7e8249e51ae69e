/** What providers tell us. No session, no CSRF: the signature over the raw body is the proof. */
export {}
