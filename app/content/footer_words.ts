import i18nManager from '@adonisjs/i18n/services/main'

/** What our footer says, in the language of the letter where we speak it, else in English (resources/lang/LANGUAGE/reader.json). */
export function footerWords(locale: string) {
  const language = locale.split(/[-_]/, 1)[0].toLowerCase()
  const i18n = i18nManager.locale(i18nManager.supportedLocales().includes(language) ? language : 'en')
  return {
    why: i18n.t('reader.footer.why', { topic: '{{ topic.name }}', workspace: '{{ workspace.name }}' }),
    unsubscribe: i18n.t('reader.footer.unsubscribe'),
    choose: i18n.t('reader.footer.choose'),
  }
}
