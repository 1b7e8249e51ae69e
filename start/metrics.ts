/** The modules' own numbers on /metrics, beside those of the process. */
import type { GaugeSource } from '#platform'
import { deliveryGauges } from '#reporting'

export const sources: GaugeSource[] = [deliveryGauges]
