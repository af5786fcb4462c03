/** Lines of emails are short, addresses whole, and a mail program puts the paragraphs together again. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { unwrapped, wrapped } from './wrap.ts'

const texts = {
  en: 'Amina requests changes to “Radio lessons for schools far away in the mountains of Kenya” at Qingdao, which is a site.',
  zh: '有人（希望就是您）申请用此电子邮箱在青岛信息交换平台注册账户。请在四十八小时内打开以下链接并设置密码。如果不是您本人操作，请忽略本邮件。',
  ar: 'طلب شخص ما، ونرجو أن يكون أنت، إنشاء حساب بعنوان البريد الإلكتروني هذا. افتح هذا الرابط خلال يومين واختر كلمة مرور لحسابك.',
}
const address = `https://qingdao.example.org/en/emails/${'x'.repeat(80)}`

for (const [language, text] of Object.entries(texts))
  test(`${language}: lines are short, no address is broken, and it is read as it was written`, () => {
    const whole = `${text}\n\n> ${text}\n${address}\n From here.\n`
    const lines = wrapped(whole, language).split('\n')
    assert.ok(lines.length > 7)
    for (const line of lines) assert.ok(line === address || line.length <= 78, line)
    assert.ok(lines.includes(address))
    assert.equal(unwrapped(lines.join('\n')), whole)
  })

test('no Chinese line begins with a sign that ends something', () => {
  for (const line of wrapped(texts.zh.repeat(4), 'zh').split('\n')) assert.doesNotMatch(line, /^[，。；：？！、》”）]/u)
})

test('whatever people write is read as they wrote it, but for spaces at the ends of lines', () => {
  const line = fc.string({ unit: 'grapheme' }).map((one) => one.replaceAll(/[\r\n\u200F]/g, '').trimEnd())
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const text = lines.map((one) => one.replace(/^>(?! )/, '> ').trimEnd()).join('\n')
      assert.equal(unwrapped(wrapped(text, 'fr')), text)
    }),
  )
})

test('no French line begins with a mark, nor ends with the sign that opens a quotation', () => {
  const sentence = 'Voici «\u00a0une leçon\u00a0»\u00a0: la lire\u202f? Oui\u202f; et encore\u202f! '
  for (let before = 1; before < 40; before++)
    for (const line of wrapped('a'.repeat(before) + ' ' + sentence.repeat(6), 'fr').split('\n'))
      assert.doesNotMatch(line, /^[:;?!»\s]|«\s*$/u)
})
