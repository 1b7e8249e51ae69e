/**
 * The launchers are plain JavaScript without declarations: they run before anything is compiled.
 */
export function launcher(name: string): Promise<any> {
  return import(new URL(`../../bin/${name}.js`, import.meta.url).href)
}
