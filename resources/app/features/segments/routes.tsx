export const segmentsRoutes = [] as const
