/** The form in which an account's address is compared: two spellings of one address are one account. */
export const emailKey = (email: string) => email.trim().normalize('NFC').toLowerCase()
