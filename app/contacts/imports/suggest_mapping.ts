/** What a column can become, beside `attributes.<key>` and nothing. tracking: yes or no to having opens and clicks noted. */
export const targets = [
  'email',
  'first_name',
  'last_name',
  'phone',
  'external_id',
  'locale',
  'timezone',
  'tags',
  'tracking',
] as const
export type Target = (typeof targets)[number] | `attributes.${string}`

/** Headers as programs and people write them in English, German, French and Spanish; without signs, accents and case. */
const names: Record<(typeof targets)[number], string[]> = {
  email: ['email', 'emailaddress', 'mail', 'mailaddress', 'emailadresse', 'mailadresse', 'eadresse', 'courriel', 'adressemail', 'adresseemail', 'adresseelectronique', 'correo', 'correoelectronico', 'direcciondecorreo', 'email1', 'emailaddress1', 'subscriberemail', 'contactemail'], // prettier-ignore
  first_name: ['firstname', 'first', 'givenname', 'forename', 'fname', 'vorname', 'rufname', 'prenom', 'nombre', 'nombredepila', 'primernombre'], // prettier-ignore
  last_name: ['lastname', 'last', 'surname', 'familyname', 'lname', 'nachname', 'familienname', 'zuname', 'nom', 'nomdefamille', 'apellido', 'apellidos'], // prettier-ignore
  phone: ['phone', 'phonenumber', 'mobile', 'mobilephone', 'cell', 'cellphone', 'telephone', 'tel', 'telefon', 'telefonnummer', 'handy', 'handynummer', 'mobil', 'mobilnummer', 'rufnummer', 'portable', 'numerodetelephone', 'telefono', 'movil', 'celular'], // prettier-ignore
  external_id: ['externalid', 'customerid', 'customernumber', 'customerno', 'memberid', 'membernumber', 'crmid', 'kundennummer', 'kundennr', 'mitgliedsnummer', 'mitgliedsnr', 'numeroclient', 'idclient', 'numerodecliente', 'idcliente'], // prettier-ignore
  locale: ['locale', 'language', 'lang', 'sprache', 'langue', 'idioma', 'lengua'],
  timezone: ['timezone', 'tz', 'zeitzone', 'fuseauhoraire', 'zonahoraria'],
  tracking: ['tracking', 'trackingconsent', 'trackingpermission', 'trackingallowed', 'trackingerlaubt', 'trackingeinwilligung', 'opensandclicks'], // prettier-ignore
  tags: ['tags', 'tag', 'labels', 'label', 'schlagworte', 'schlagwort', 'etiketten', 'etiquettes', 'etiquette', 'etiquetas', 'etiqueta'], // prettier-ignore
}

const targetOf = new Map(targets.flatMap((target) => names[target].map((name) => [name, target] as const)))

/**
 * What each column probably is: null when nothing fits, and each target once. A custom field is known by its key or its
 * label, and comes before the dictionary when it has the very name.
 */
export function suggestMapping(columns: string[], fields: { key: string; label: string }[]): (Target | null)[] {
  const attributes = new Map<string, Target>(
    fields.flatMap(({ key, label }) =>
      [`attributes${plainName(key)}`, plainName(key), plainName(label)].map(
        (name) => [name, `attributes.${key}` as const] as const
      )
    )
  )
  const taken = new Set<Target>()
  return columns.map((column) => {
    const name = plainName(column)
    const target = attributes.get(name) ?? targetOf.get(name) ?? null
    if (target === null || taken.has(target)) return null
    taken.add(target)
    return target
  })
}

/** "E-Mail Adresse" → "emailadresse", "Prénom" → "prenom". */
export function plainName(name: string) {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/\(\d+\)$/, '')
    .replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{N}]/gu, '')
}
