export const modules: string[]
