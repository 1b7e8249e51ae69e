/** Six mails that the bakery sent, oldest first. `pull` bends how many people click. */
export interface PastCampaign {
  days_ago: number
  topic: 'specials' | 'classes' | 'news'
  name: string
  subject: string
  preheader: string
  source: string
  pull: number
}

const shop = 'https://bluedoor.test'

export const pastCampaigns: PastCampaign[] = [
  {
    days_ago: 152,
    topic: 'specials',
    name: 'Midsummer loaves',
    subject: 'Strawberry focaccia is back',
    preheader: 'Until the berries run out.',
    pull: 0.9,
    source: `# Good morning{% if contact.first_name %}, {{ contact.first_name }}{% endif %}\n\nThe strawberries came in on Tuesday, and with them our **strawberry focaccia**. We bake forty a day.\n\n[Keep one for me](${shop}/focaccia)\n\nAlso new: a [rye with caraway](${shop}/rye), dark and a little sour.\n\nSee you by the harbour,\nAda at the Blue Door`,
  },
  {
    days_ago: 121,
    topic: 'classes',
    name: 'Autumn classes',
    subject: 'Learn to bake sourdough with us',
    preheader: 'Eight places on each of four Saturdays.',
    pull: 1.5,
    source: `# Four Saturdays of sourdough\n\nFlour, water, salt and time. Bring an apron{% if contact.first_name %}, {{ contact.first_name }}{% endif %}; we bring the rest.\n\n[See the dates](${shop}/classes)\n\nThe last course was full in two days. [Give a place as a present](${shop}/classes/gift).`,
  },
  {
    days_ago: 92,
    topic: 'news',
    name: 'New opening hours',
    subject: 'We open at six from Monday',
    preheader: 'For those who cross on the early ferry.',
    pull: 0.5,
    source: `# Earlier mornings\n\nFrom Monday the blue door opens at **six**. The first trays are out at ten past.\n\n[All opening hours](${shop}/hours)`,
  },
  {
    days_ago: 61,
    topic: 'specials',
    name: 'Harvest week',
    subject: 'Apple, walnut, thyme',
    preheader: 'Three loaves for one week.',
    pull: 1.1,
    source: `# Harvest week\n\nApples from Wells, walnuts from our own tree. Your favourite is {{ contact.favourite | default: "still to be found" }}: try it with thyme.\n\n[Order for Friday](${shop}/order) or [see what is in them](${shop}/harvest).`,
  },
  {
    days_ago: 33,
    topic: 'news',
    name: 'The new oven',
    subject: 'Two tonnes of brick',
    preheader: 'How it came through the door.',
    pull: 0.8,
    source: `# It fitted, just\n\nIt took six people and most of a Sunday. [See the pictures](${shop}/oven).\n\nThank you to all who lent a hand.`,
  },
  {
    days_ago: 9,
    topic: 'specials',
    name: 'Stollen pre-order',
    subject: 'Stollen: the list is open',
    preheader: 'It rests for three weeks, so we start now.',
    pull: 1.8,
    source: `# The stollen list is open\n\n{% if contact.first_name %}{{ contact.first_name }}, we{% else %}We{% endif %} bake once, on the first Saturday of December, and it sells out.\n\n[Put me on the list](${shop}/stollen)\n\nOr try [a small one](${shop}/stollen/small) first.`,
  },
]
