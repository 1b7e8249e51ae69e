/** Who listens to what. Filled by the modules' listeners; see app/platform/announce.ts. */
export {}
