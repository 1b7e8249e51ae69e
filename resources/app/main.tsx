import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import './ui/ui.css'
import './shell/shell.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { IntlProvider } from 'use-intl'
import { queryClient } from './api'
import { useMessages } from './messages'
import { router } from './router'
import { cssVariablesResolver, theme } from './ui/theme'

/** views/app.edge reads the same key before the first paint. */
const colorScheme = localStorageColorSchemeManager({ key: 'assent-color-scheme' })
const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone

function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={colorScheme}
      defaultColorScheme="auto"
    >
      <IntlProvider locale="en" messages={useMessages()} timeZone={timeZone}>
        <QueryClientProvider client={queryClient}>
          <Notifications position="bottom-right" zIndex={400} limit={4} />
          <RouterProvider router={router} />
        </QueryClientProvider>
      </IntlProvider>
    </MantineProvider>
  )
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>
)
