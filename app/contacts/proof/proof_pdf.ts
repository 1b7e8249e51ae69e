import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { create, type Font } from 'fontkit'
import PDFDocument from 'pdfkit'
import type { Proof } from './proof_of_consent.ts'
import { chainOf, headOf, linesOf, recordsOf, standsOf } from './proof_words.ts'

const { resolve } = createRequire(import.meta.url)
const MARGIN = 50
const LABEL = 110
const SMALL = 8

/** The proof as a PDF (A4, fonts embedded), to hand to an authority or to keep. */
export async function proofPdf(proof: Proof): Promise<Buffer> {
  const { plain, bold, known } = await fonts()
  const pdf = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    bufferPages: true,
    pdfVersion: '1.7',
    lang: 'en',
    displayTitle: true,
    info: { Title: `Proof of consent, contact ${proof.contact.id}`, CreationDate: new Date(proof.generated_at) },
  })
  const bytes = bytesOf(pdf)
  pdf.registerFont('plain', plain).registerFont('bold', bold)
  write(pdf, proof, (text) => readable(text, known))
  numberPages(pdf)
  pdf.end()
  return bytes
}

type Pdf = InstanceType<typeof PDFDocument>
type Readable = (text: string) => string

function write(pdf: Pdf, proof: Proof, say: Readable) {
  const title = (text: string, size = 12) => pdf.font('bold').fontSize(size).text(say(text)).moveDown(0.3)
  const text = (line: string, font = 'plain') => pdf.font(font).fontSize(9).text(say(line))
  title('Proof of consent', 16)
  for (const line of headOf(proof)) text(line)
  for (const { title: name, record } of recordsOf(proof)) {
    pdf.moveDown()
    if (name) title(name, 14)
    const chain = chainOf(record)
    for (const line of chain.says) text(line, chain.holds ? 'plain' : 'bold')
    pdf.moveDown()
    title('Where they stand')
    if (record.state.length === 0) text('They were never asked about anything.')
    facts(pdf, standsOf(record), say)
    pdf.moveDown()
    title('How they got there')
    for (const entry of record.ledger) {
      facts(pdf, linesOf(entry), say)
      pdf.moveDown(0.6)
    }
  }
}

/** Labels on the left, values beside them; a value that is longer than a page goes on over the next. */
function facts(pdf: Pdf, lines: [string, string][], say: Readable) {
  const width = pdf.page.width - 2 * MARGIN - LABEL
  for (const [label, value] of lines) {
    const words = say(value)
    pdf.font('plain').fontSize(9)
    const height = Math.min(pdf.heightOfString(words, { width }), 200)
    if (pdf.y + height > pdf.page.height - MARGIN) pdf.addPage()
    const top = pdf.y
    pdf
      .font('bold')
      .fontSize(SMALL)
      .text(say(label), MARGIN, top, { width: LABEL - 10 })
    const [page, below] = [pdf.page, pdf.y]
    pdf
      .font('plain')
      .fontSize(9)
      .text(words, MARGIN + LABEL, top, { width })
    if (pdf.page === page) pdf.y = Math.max(pdf.y, below)
  }
  pdf.x = MARGIN
}

function numberPages(pdf: Pdf) {
  const { start, count } = pdf.bufferedPageRange()
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page)
    const { bottom } = pdf.page.margins
    // the foot lies in the margin, where text would otherwise begin a new page
    pdf.page.margins.bottom = 0
    pdf
      .font('plain')
      .fontSize(SMALL)
      .text(`${page + 1} / ${count}`, MARGIN, pdf.page.height - 30, {
        align: 'right',
        width: pdf.page.width - 2 * MARGIN,
      })
    pdf.page.margins.bottom = bottom
  }
}

function bytesOf(pdf: Pdf): Promise<Buffer> {
  const chunks: Buffer[] = []
  return new Promise((done, failed) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('end', () => done(Buffer.concat(chunks)))
    pdf.on('error', failed)
  })
}

/** A sign that the font lacks would be an empty box, which proves nothing: it is written as its number (U+4E2D). */
const readable = (text: string, font: Font) =>
  [...text.replaceAll('\r', '')]
    .map((sign) => {
      const code = sign.codePointAt(0)!
      return sign === '\n' || font.hasGlyphForCodePoint(code) ? sign : `[U+${code.toString(16).toUpperCase()}]`
    })
    .join('')

let loaded: Promise<{ plain: Buffer; bold: Buffer; known: Font }> | null = null

/** DejaVu Sans: Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew, Arabic. Read when first needed. */
function fonts() {
  const font = (name: string) => readFile(resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`))
  loaded ??= Promise.all([font('DejaVuSans'), font('DejaVuSans-Bold')]).then(([plain, bold]) => ({
    plain,
    bold,
    known: create(plain) as Font,
  }))
  return loaded
}
