/**
 * The look: a bakery with a blue door. Warm paper, one blue, room to breathe, the reader's own system fonts.
 * Mantine's defaults miss WCAG AA in places (dimmed text, placeholders, light badges); what is set here passes in both schemes.
 */
import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core'

const door: MantineColorsTuple = [
  '#eef5fb',
  '#dce9f5',
  '#b9d3eb',
  '#90badf',
  '#6ba2d3',
  '#4b89c6',
  '#3673b2',
  '#265b96',
  '#1d4a7d',
  '#143a66',
]
const gray: MantineColorsTuple = [
  '#faf7f2',
  '#f3eee6',
  '#e9e2d7',
  '#dbd2c4',
  '#c5baa9',
  '#9c9182',
  '#786e61',
  '#5e554a',
  '#403a32',
  '#26221d',
]
const dark: MantineColorsTuple = [
  '#ebe7e0',
  '#cfc9bf',
  '#aca599',
  '#7d766b',
  '#4a453e',
  '#3a362f',
  '#2b2824',
  '#22201c',
  '#191816',
  '#100f0e',
]

const sans =
  "ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Open Sans', 'Helvetica Neue', Arial, sans-serif"

/** Badges, light buttons, alerts: text dark enough on its tint in light, light enough in dark. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const resolved = defaultVariantColorsResolver(input)
  const name = input.color ?? input.theme.primaryColor
  const shades = input.theme.colors[name.split('.')[0]]
  if (input.variant === 'filled' && name === 'red') {
    return { ...resolved, background: shades[8], hover: shades[9], color: '#fff' }
  }
  if (!shades || !['light', 'subtle', 'outline', 'transparent'].includes(input.variant)) return resolved
  const tint = input.variant === 'light'
  const edge = input.variant === 'outline'
  return {
    ...resolved,
    background: tint ? `light-dark(${shades[1]}, color-mix(in srgb, ${shades[7]} 34%, transparent))` : 'transparent',
    hover: `light-dark(${tint ? shades[2] : shades[0]}, color-mix(in srgb, ${shades[7]} ${tint ? 46 : 24}%, transparent))`,
    color: `light-dark(color-mix(in srgb, ${shades[9]} 62%, #000), ${name === 'gray' ? input.theme.colors.dark[1] : shades[2]})`,
    border: edge ? `1px solid light-dark(${shades[4]}, ${shades[7]})` : resolved.border,
  }
}

const closable = { closeButtonProps: { 'aria-label': 'Close' } }

export const theme = createTheme({
  colors: { door, gray, dark },
  primaryColor: 'door',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  luminanceThreshold: 0.28,
  black: '#26221d',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: sans,
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace",
  fontSizes: { xs: '0.8125rem', sm: '0.9rem', md: '1rem', lg: '1.125rem', xl: '1.3rem' },
  headings: {
    fontFamily: sans,
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.65rem', lineHeight: '1.25' },
      h2: { fontSize: '1.2rem', lineHeight: '1.35' },
      h3: { fontSize: '1.02rem', lineHeight: '1.4' },
    },
  },
  variantColorResolver,
  components: {
    CloseButton: { defaultProps: { 'aria-label': 'Close' } },
    Modal: {
      defaultProps: {
        ...closable,
        centered: true,
        radius: 'lg',
        padding: 'lg',
        overlayProps: { backgroundOpacity: 0.35 },
      },
    },
    Drawer: { defaultProps: { ...closable, position: 'right', overlayProps: { backgroundOpacity: 0.35 } } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' }, radius: 'md', withBorder: true } },
    Paper: { defaultProps: { radius: 'lg' } },
    Card: { defaultProps: { radius: 'lg', withBorder: true, padding: 'lg' } },
    Badge: {
      defaultProps: { variant: 'light', radius: 'sm' },
      styles: { label: { textTransform: 'none', fontWeight: 600 } },
    },
    Tooltip: {
      defaultProps: { withArrow: true, multiline: true, maw: 320, events: { hover: true, focus: true, touch: true } },
    },
    Anchor: { defaultProps: { underline: 'hover' } },
    Select: { defaultProps: { checkIconPosition: 'right' } },
    Switch: { styles: { label: { cursor: 'pointer' } } },
    Alert: { defaultProps: { radius: 'md' } },
    Tabs: { defaultProps: { keepMounted: false } },
  },
})

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: { '--assent-content': '72rem' },
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-dimmed': '#655c50',
    '--mantine-color-placeholder': '#6f665a',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-anchor': door[7],
    '--mantine-color-default-border': gray[3],
    '--assent-paper': gray[0],
    '--assent-raised': '#ffffff',
    '--assent-line': gray[2],
    '--assent-field-line': '#8f8475',
    '--assent-hover': gray[1],
    '--assent-current': door[1],
    '--assent-current-text': door[8],
  },
  dark: {
    '--mantine-color-body': dark[7],
    '--mantine-color-text': dark[0],
    '--mantine-color-dimmed': '#b3aca0',
    '--mantine-color-placeholder': '#a29b8f',
    '--mantine-color-error': '#ff9b93',
    '--mantine-color-anchor': door[3],
    '--mantine-color-default-border': dark[4],
    '--assent-paper': dark[8],
    '--assent-raised': dark[7],
    '--assent-line': dark[5],
    '--assent-field-line': '#857d71',
    '--assent-hover': dark[6],
    '--assent-current': 'rgba(75, 137, 198, 0.26)',
    '--assent-current-text': door[1],
  },
})
