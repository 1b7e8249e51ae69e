import { withoutDirections } from '#platform'
import { plainName } from './suggest_mapping.ts'

/** What a cell says about agreeing: yes, no, or nothing that anybody knows. */
export type Answer = boolean | null

/** A column that says, row by row, who agreed to some topics. What neither list names says nothing. */
export interface Decider {
  column: string
  topic_ids: string[]
  /** Values as answerKey writes them. */
  agreed: string[]
  withdrawn: string[]
}

/** A column with more different values than this answers no yes-or-no question. */
export const MAX_ANSWERS = 20
export const LONGEST_ANSWER = 100

/** A cell as it is compared: "Yes ", "YES" and "yes" are one answer. A blank cell is ''. */
export const answerKey = (cell: string) =>
  withoutDirections(cell).toWellFormed().normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()

/** What a cell of this column says. */
export function answerReader({ agreed, withdrawn }: Decider): (cell: string) => Answer {
  const known = new Map<string, boolean>([
    ...agreed.map((value) => [value, true] as const),
    ...withdrawn.map((value) => [value, false] as const),
  ])
  return (cell) => known.get(answerKey(cell)) ?? null
}

/** Of several rows about one person: a no outweighs a yes, and either outweighs silence. */
export const weightier = (one: Answer, other: Answer): Answer =>
  one === false || other === false ? false : (one ?? other)

export type Meaning = 'agreed' | 'withdrawn'

const generalYes = ['yes', 'y', 'true', '1', 'x', 'on', 'ja', 'j', 'wahr', 'oui', 'o', 'vrai', 'si', 's', 'verdadero']
const generalNo = ['no', 'n', 'false', '0', 'off', 'nein', 'falsch', 'non', 'faux', 'falso']
/** Words that speak of nothing else than of getting mail. */
const mailYes = ['subscribed', 'subscribe', 'optin', 'optedin', 'doubleoptin', 'singleoptin', 'optinconfirmed', 'consented', 'consentgiven', 'angemeldet', 'abonniert', 'zugestimmt', 'eingewilligt', 'abonne', 'inscrit', 'consenti', 'suscrito', 'inscrito', 'aceptado'] // prettier-ignore
const mailNo = ['unsubscribed', 'unsubscribe', 'optout', 'optedout', 'abgemeldet', 'abbestellt', 'widerrufen', 'desabonne', 'desinscrit', 'dadodebaja', 'baja', 'withdrawn'] // prettier-ignore
/** They say who cannot be reached or was never asked; neither is a yes or a no of the person. */
const neither = ['cleaned', 'bounced', 'nonsubscribed', 'notsubscribed', 'neversubscribed', 'pending', 'unconfirmed', 'unknown', 'transactional', 'unbekannt', 'inconnu', 'desconocido'] // prettier-ignore

const yes = new Set([...generalYes, ...mailYes])
const no = new Set([...generalNo, ...mailNo])
const ofMail = new Set([...mailYes, ...mailNo])
const known = new Set([...yes, ...no, ...neither])

const aboutMail =
  /newsletter|infolettre|boletin|rundbrief|optin|optout|consent|subscri|acceptsmarketing|acceptsemail|marketing|permission|gdpr|dsgvo|rgpd|einwillig|zustimm|abonn|anmeld|abmeld|abgemeld|inscri|suscri|^baja/
const turnedRound = /unsub|optout|abmeld|abgemeld|desabonn|desinscri|^baja/

/** What a value probably means; null: nothing that should be guessed. In a column called "unsubscribed" a yes is a no. */
export function suggestMeaning(column: string, value: string): Meaning | null {
  const word = plainName(value)
  if (turnedRound.test(plainName(column)) && !ofMail.has(word)) return yes.has(word) ? 'withdrawn' : null
  return yes.has(word) ? 'agreed' : no.has(word) ? 'withdrawn' : null
}

/** Whether a column looks as though it said who agreed: by its name and its values, or by values that leave no doubt. */
export function looksDecisive(column: string, values: Iterable<string>): boolean {
  const words = new Set([...values].map(plainName).filter(Boolean))
  if (words.size === 0 || [...words].some((word) => !known.has(word))) return false
  return aboutMail.test(plainName(column)) || [...words].some((word) => ofMail.has(word))
}
