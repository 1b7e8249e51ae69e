import { AgreementSection } from './agreement_section'
import { AfterSection } from './after_section'
import { ElsewhereSection } from './elsewhere_section'
import type { StoredForm } from './form'
import { LookSection } from './look_section'
import { RefusalsSection } from './refusals_section'
import type { WrittenForm } from './use_form_desk'

/** What stands below what a form asks: its code comes a moment later, so that the desk is there sooner. */
export function LowerSections({ form, stored }: { form: WrittenForm; stored: StoredForm | null }) {
  return (
    <>
      <AgreementSection form={form} />
      <AfterSection form={form} />
      <LookSection form={form} />
      <ElsewhereSection form={form} stored={stored} />
      <RefusalsSection form={form} />
    </>
  )
}
