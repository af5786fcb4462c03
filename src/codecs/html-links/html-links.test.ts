import assert from 'node:assert/strict'
import { test } from 'node:test'
import { htmlLinkWith } from './html-links.ts'

const page = 'https://example.org/a/page'
const relation = 'http://www.w3.org/ns/ldp#inbox'
const find = (html: string) => htmlLinkWith(html, relation, page)

test('the first link of a relation is found, however its tag is written', () => {
  for (const html of [
    `<link rel="${relation}" href="/in">`,
    `<LINK HREF='/in' REL='next ${relation}'/>`,
    `<link rel=${relation} href=/in>`,
    `<link title="a > b" rel = "${relation}" href = "/in" >`,
    `<link rel="item" href="/other"><a href=" /in " rel="${relation}">`,
  ])
    assert.equal(find(html), 'https://example.org/in', html)
  assert.equal(find(`<link rel="${relation}" href="in?a=1&amp;b=2">`), 'https://example.org/a/in?a=1&b=2')
  assert.equal(find(`<base href="/b/"><link rel="${relation}" href="in">`), 'https://example.org/b/in')
})

test('what is no link of the page is passed over', () => {
  for (const html of [
    `<!-- <link rel="${relation}" href="/in"> -->`,
    `<script>document.write('<link rel="${relation}" href="/in">')</script>`,
    `<template><link rel="${relation}" href="/in"></template>`,
    `<link rel="x${relation}" href="/in">`,
    `<link rel="${relation}">`,
    `<link rel="${relation}" href="/in"`,
    `<linker rel="${relation}" href="/in">`,
  ])
    assert.equal(find(html), undefined, html)
})

test('tags without end, a million signs of them, are read once', () => {
  for (const one of [`<link rel="${relation}" href="/in`, `<a href='`, '<a x=" ', '<link ', '<!-- ', '<title>'])
    assert.equal(find(one.repeat(1_000_000 / one.length)), undefined, one)
})
