import { useLocale } from 'use-intl'
import { useMemo } from 'react'

/** A language by its name: German for `de`. */
export function useLanguageName() {
  const locale = useLocale()
  return useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: 'language' })
    return (tag: string) => names.of(tag) ?? tag
  }, [locale])
}
