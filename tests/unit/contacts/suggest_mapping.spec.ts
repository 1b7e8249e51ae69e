import { test } from '@japa/runner'
import { suggestMapping } from '#app/contacts/imports/suggest_mapping'

test.group('Suggested mapping', () => {
  for (const [language, columns] of [
    [
      'English',
      ['Email Address', 'First Name', 'Last Name', 'Phone Number', 'Customer ID', 'Language', 'Time zone', 'Tags'],
    ],
    ['German', ['E-Mail-Adresse', 'Vorname', 'Nachname', 'Telefon', 'Kundennr.', 'Sprache', 'Zeitzone', 'Schlagworte']],
    [
      'French',
      ['Adresse e-mail', 'Prénom', 'Nom', 'Téléphone', 'Numéro client', 'Langue', 'Fuseau horaire', 'Étiquettes'],
    ],
    [
      'Spanish',
      ['Correo electrónico', 'Nombre', 'Apellidos', 'Teléfono', 'ID cliente', 'Idioma', 'Zona horaria', 'Etiquetas'],
    ],
  ] as const) {
    test(`knows the headers of ${language} lists`, ({ assert }) => {
      assert.deepEqual(suggestMapping([...columns], []), [
        'email', 'first_name', 'last_name', 'phone', 'external_id', 'locale', 'timezone', 'tags',
      ]) // prettier-ignore
    })
  }

  test('knows custom fields by key and label, takes each target once and guesses nothing else', ({ assert }) => {
    const fields = [{ key: 'city', label: 'Stadt' }]
    assert.deepEqual(suggestMapping(['Stadt', 'city', 'attributes.city', 'Mail', 'E-Mail', 'Shoe size'], fields), [
      'attributes.city', null, null, 'email', null, null,
    ]) // prettier-ignore
  })
})
