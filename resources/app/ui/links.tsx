import { Anchor, Button, type AnchorProps, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import { forwardRef } from 'react'

const AnAnchor = forwardRef<HTMLAnchorElement, Omit<AnchorProps, 'href'>>((props, ref) => (
  <Anchor ref={ref} {...props} />
))
const AButton = forwardRef<HTMLAnchorElement, Omit<ButtonProps, 'href'>>((props, ref) => (
  <Button ref={ref} component="a" {...props} />
))

/** A link of the router with Mantine's looks; address, parameters and search are typed. Preloads when pointed at. */
export const LinkAnchor = createLink(AnAnchor)

/** The same, looking like a button: for going somewhere, never for doing something. */
export const LinkButton = createLink(AButton)
