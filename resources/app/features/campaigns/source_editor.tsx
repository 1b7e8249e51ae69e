import { ActionIcon, Box, Group, Text, Textarea, Tooltip } from '@mantine/core'
import {
  IconBold,
  IconBoxAlignBottom,
  IconHeading,
  IconItalic,
  IconLink,
  IconList,
  type Icon,
} from '@tabler/icons-react'
import { useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import classes from './editor.module.css'
import { MergeTagPicker } from './merge_tag_picker'
import { unknownTags, useMergeTags } from './merge_tags'
import { hasStructure, pastedMarkdown } from './pasted_markdown'
import type { DraftDesk } from './use_draft'
import { useRefusal } from './use_preview'
import { asksForTag, wrap, writeAtCursor } from './write_at_cursor'

/** Open, close and what stands between while nothing is selected. */
const forms = {
  markdown: {
    bold: ['**', '**'],
    italic: ['*', '*'],
    heading: ['\n## ', '\n'],
    link: ['[', '](https://)'],
    button: ['\n\n**[', '](https://)**\n\n'],
    list: ['\n- ', '\n'],
  },
  html: {
    bold: ['<strong>', '</strong>'],
    italic: ['<em>', '</em>'],
    heading: ['<h2>', '</h2>'],
    link: ['<a href="https://">', '</a>'],
    button: ['<p><a class="button" href="https://">', '</a></p>'],
    list: ['<ul>\n  <li>', '</li>\n</ul>'],
  },
} as const

const tools = {
  bold: IconBold,
  italic: IconItalic,
  heading: IconHeading,
  link: IconLink,
  button: IconBoxAlignBottom,
  list: IconList,
}
type Tool = keyof typeof tools

/** Where the mail is written: plain characters, with help for what one does not want to remember. */
export function SourceEditor({
  desk: { values, set, errors, version },
  campaignId,
}: {
  desk: DraftDesk
  campaignId: string
}) {
  const t = useTranslations('campaigns.content')
  const mergeTag = useTranslations('campaigns.mergeTag')
  const { kind, source } = values.content
  const area = useRef<HTMLTextAreaElement>(null)
  const [isPicking, setPicking] = useState(false)
  const unknown = unknownTags(source, useMergeTags())
  const refusal = useRefusal(campaignId, version)('content.source', 'content')
  const apply = (tool: Tool) => {
    const [open, close] = forms[kind][tool]
    if (area.current) wrap(area.current, open, close, sample(tool, t))
  }
  return (
    <Box className={classes.source}>
      <Group className={classes.toolbar} role="toolbar" aria-label={t('toolbar')}>
        {(Object.entries(tools) as [Tool, Icon][]).map(([tool, Sign]) => (
          <Tooltip key={tool} label={t(tool)}>
            <ActionIcon variant="subtle" color="gray" size="md" aria-label={t(tool)} onClick={() => apply(tool)}>
              <Sign size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        ))}
        <MergeTagPicker
          opened={isPicking}
          onChange={setPicking}
          onInsert={(tag) =>
            area.current && writeAtCursor(area.current, tag, { before: asksForTag(area.current) ? 2 : 0 })
          }
        />
      </Group>
      <Textarea
        ref={area}
        id="field-content.source"
        aria-label={t('body')}
        placeholder={t('placeholder')}
        value={source}
        onChange={(event) => {
          set({ content: { kind, source: event.currentTarget.value } })
          if (asksForTag(event.currentTarget)) setPicking(true)
        }}
        onKeyDown={(event) => formatByKey(event, apply)}
        onPaste={(event) => kind === 'markdown' && pasteStructure(event)}
        autosize
        minRows={14}
        maxRows={40}
        spellCheck
        error={
          errors['content.source'] ??
          refusal ??
          (unknown.length > 0 ? mergeTag('unknown', { tags: unknown.join(', ') }) : undefined)
        }
      />
      <Text size="xs" c="dimmed" ta="right" mt={2} className="tabular">
        {t('words', { words: source.split(/\s+/).filter(Boolean).length })}
      </Text>
    </Box>
  )
}

const sample = (tool: Tool, t: ReturnType<typeof useTranslations<'campaigns.content'>>) =>
  tool === 'button' ? t('sampleButton') : tool === 'heading' ? t('sampleHeading') : t('sampleText')

function formatByKey(event: KeyboardEvent, apply: (tool: Tool) => void) {
  if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
  const tool = { b: 'bold', i: 'italic' }[event.key.toLowerCase()] as Tool | undefined
  if (!tool) return
  event.preventDefault()
  apply(tool)
}

/** From a document or a page: headings, lists and links come along, looks stay behind. */
function pasteStructure(event: ClipboardEvent<HTMLTextAreaElement>) {
  const html = event.clipboardData.getData('text/html')
  if (!html || !hasStructure(html)) return
  const markdown = pastedMarkdown(html)
  if (!markdown) return
  event.preventDefault()
  writeAtCursor(event.currentTarget, markdown)
}
